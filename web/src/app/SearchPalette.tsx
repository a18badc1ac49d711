import { AlertOutlined, RightOutlined, SearchOutlined, TeamOutlined } from "@ant-design/icons";
import { keepPreviousData } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useTo, useWorkspace } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { linkIn, navGroups } from "./navigation";
import "./search.css";

type Hit = Pick<Schemas["SearchHit"], "type" | "id" | "title" | "subtitle" | "link">;

const ICONS = { customer: TeamOutlined, alert: AlertOutlined, page: RightOutlined } as const;

/** Pages whose name holds the words; all of them before anything is typed. */
function usePageHits(words: string): Hit[] {
  const { t } = useTranslation("shell");
  const workspace = useWorkspace();
  const to = useTo();
  return navGroups(workspace)
    .flatMap(({ items }) => items)
    .map((item) => ({
      type: "page" as const,
      id: item.key,
      title: t(`nav.${item.key}`),
      subtitle: "",
      link: to(item.path),
    }))
    .filter(({ title }) => title.toLowerCase().includes(words.toLowerCase()));
}

function useHits(words: string): { hits: Hit[]; searching: boolean } {
  const { slug } = useWorkspace();
  const pages = usePageHits(words);
  const found = api.useQuery(
    "get",
    "/api/v1/w/{slug}/search",
    { params: { path: { slug }, query: { q: words } } },
    { enabled: words.length > 0, placeholderData: keepPreviousData },
  );
  const things = words ? (found.data ?? []).filter(({ type }) => type !== "page") : [];
  return { hits: [...things, ...pages], searching: found.isFetching };
}

export function SearchPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const { hits, searching } = useHits(useDeferredValue(words.trim()));
  useEffect(() => dialog.current?.showModal?.(), []);
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(linkIn(slug, hit.link));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((at + step + hits.length) % Math.max(hits.length, 1));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) open(hits[at]);
  };
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t("search.open")}
      onClose={onClose}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className="palette-input">
        <Icon of={SearchOutlined} />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="search-hits"
          aria-activedescendant={hits[at] && `hit-${at}`}
          aria-label={t("search.hint")}
          placeholder={t("search.hint")}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div id="search-hits" role="listbox" aria-label={t("search.hits")} aria-busy={searching}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the input holds the focus and the keys
          <div
            key={`${hit.type}-${hit.id}`}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === at}
            className="hit"
            onClick={() => open(hit)}
            onPointerMove={() => setAt(index)}
          >
            <Icon of={ICONS[hit.type]} />
            <span className="grow ellipsis">{hit.title}</span>
            <span className="muted small">{hit.subtitle || t(`search.${hit.type}`)}</span>
          </div>
        ))}
        {!hits.length && !searching && <p className="hit muted">{t("search.none")}</p>}
      </div>
    </dialog>
  );
}
