import { CloseOutlined, SaveOutlined, TeamOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api, type Schemas } from "../api/client";
import { useSlug } from "../session/SessionContext";
import { Icon } from "../ui/Icon";
import { notifyDone } from "../ui/notify";
import { Field, Sheet } from "./Sheet";
import { viewQuery } from "./values";
import "./list.css";

export type ViewPage = Schemas["SavedViewIn"]["page"];

/** Parts of the address that are a place, not a filter. */
const PLACES = ["cursor", "trail", "evidence"] as const;

function useViews(page: ViewPage) {
  const slug = useSlug();
  const views = api.useQuery("get", "/api/v1/w/{slug}/views", { params: { path: { slug }, query: { page } } });
  const again = { onSuccess: () => void views.refetch() };
  const create = api.useMutation("post", "/api/v1/w/{slug}/views", again);
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/views/{view_id}", again);
  return { items: views.data ?? [], create, remove, slug };
}

/** The named filters of a page: open one, delete an own one. */
export function SavedViewChips({ page }: { page: ViewPage }) {
  const { t } = useTranslation("list");
  const [search, setSearch] = useSearchParams();
  const { items, remove, slug } = useViews(page);
  const current = viewQuery(search, PLACES);
  if (items.length === 0) return null;
  return (
    <div className="chips" role="group" aria-label={t("views.label")}>
      {items.map((view) => (
        <span key={view.id} className="view-chip">
          <button
            type="button"
            className="chip"
            aria-pressed={view.query === current}
            onClick={() => setSearch(view.query)}
          >
            {view.shared && <Icon of={TeamOutlined} className="view-shared" />}
            {view.name}
            {view.shared && <span className="sr-only">{t("views.isShared")}</span>}
          </button>
          {view.mine && (
            <button
              type="button"
              className="view-remove"
              aria-label={t("views.remove", { name: view.name })}
              onClick={() => remove.mutate({ params: { path: { slug, view_id: view.id } } })}
            >
              <Icon of={CloseOutlined} />
            </button>
          )}
        </span>
      ))}
    </div>
  );
}

/** Saves the filters of the address under a name, for oneself or for all. */
export function SaveViewButton({ page }: { page: ViewPage }) {
  const { t } = useTranslation(["list", "common"]);
  const [search] = useSearchParams();
  const { create, slug } = useViews(page);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const query = viewQuery(search, PLACES);
  const save = () =>
    create.mutate(
      { params: { path: { slug } }, body: { page, name: name.trim(), query, shared } },
      {
        onSuccess: () => {
          setOpen(false);
          setName("");
          notifyDone(t("common:action.saved"));
        },
      },
    );
  return (
    <>
      <Button icon={<Icon of={SaveOutlined} />} disabled={!query} onClick={() => setOpen(true)}>
        {t("views.save")}
      </Button>
      <Sheet
        open={open}
        title={t("views.save")}
        onClose={() => setOpen(false)}
        onSave={save}
        saving={create.isPending}
        disabled={!name.trim()}
      >
        <Field label={t("views.name")}>
          {(id) => (
            <Input id={id} value={name} maxLength={40} autoFocus onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
          {t("views.share")}
        </Checkbox>
      </Sheet>
    </>
  );
}
