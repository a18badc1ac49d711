import { keepPreviousData } from "@tanstack/react-query";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { RatePanel } from "./RatePanel";
import { ReviewRow } from "./ReviewRow";
import { type Item, nameOf, STATUSES, statusOf, stepTo, tapOfKey } from "./review.logic";
import { useVerdict } from "./useVerdict";

const LIMIT = 30;
const DAYS = ["7", "30", "90", "365"] as const;

/** 质检: texts over 65 wait here for a person's ear. */
export function ReviewTab() {
  const { t } = useTranslation("text");
  const slug = useSlug();
  const [url, change] = useUrlState({ status: "open", topic: "", days: "90" }, PAGER_KEYS);
  const { cursor } = usePager();
  const status = statusOf(url.status);
  const query = { status, topic: url.topic, days: Number(url.days) || 90, limit: LIMIT, ...(cursor && { cursor }) };
  const review = api.useQuery(
    "get",
    "/api/v1/w/{slug}/text/review",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  const { data } = review;
  return (
    <div className="stack">
      <p className="muted">{t("review.text")}</p>
      <RatePanel />
      <div className="row wrap">
        <Chips
          label={t("review.status.label")}
          value={status}
          onChange={(next) => change({ status: next })}
          items={STATUSES.map((key) => ({ key, label: t(`review.status.${key}`), ...(data && { count: data[key] }) }))}
        />
        <NativeSelect
          aria-label={t("review.topic")}
          value={url.topic}
          options={[
            { value: "", label: t("review.allTopics") },
            ...(data?.topics ?? []).map(({ code, label }) => ({ value: code, label })),
          ]}
          onChange={(topic) => change({ topic })}
        />
        <NativeSelect
          aria-label={t("review.days.label")}
          value={url.days}
          options={DAYS.map((days) => ({ value: days, label: t("review.days.of", { days }) }))}
          onChange={(days) => change({ days })}
        />
      </div>
      {review.isError && <ErrorState error={review.error} retry={() => void review.refetch()} />}
      {review.isPending && <SkeletonRows />}
      {data?.items.length === 0 && <EmptyState title={t(`review.empty.${status}`)} />}
      {data && data.items.length > 0 && <Queue items={data.items} />}
      {data && <PagedFoot page={{ ...data, total: data[status] }} size={LIMIT} />}
    </div>
  );
}

/** Arrow keys (or j, k) go from one to the next, 1 to 5 say the word, u takes it back. */
function Queue({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation("text");
  const can = useCan();
  const may = can("handle") && can("personal_data");
  const { give, undo, busy } = useVerdict();
  const list = useRef<HTMLUListElement>(null);
  const onKey = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const item = items[at];
    if (!item || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepTo(at, event.key, items.length);
    const tap = tapOfKey(event.key);
    if (next !== at) (list.current?.children[next] as HTMLElement | undefined)?.focus();
    else if (may && tap && !item.verdict) give(item, tap.said);
    else if (may && event.key === "u" && item.verdict) undo(item);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {may && <p className="muted small desktop-only">{t("review.keys")}</p>}
      <ul className="review-list" ref={list}>
        {items.map((item, at) => (
          <ReviewRow
            key={nameOf(item)}
            item={item}
            busy={busy}
            onKey={(event) => onKey(event, at)}
            onSay={may ? (said) => give(item, said) : undefined}
            onUndo={() => undo(item)}
          />
        ))}
      </ul>
    </>
  );
}
