import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { withoutEmpty } from "@/shared/list/values";
import { useSlug } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { RoutesPanel } from "./RoutesPanel";
import { TicketCard } from "./TicketCard";
import { SCOPES, STATUSES, TOPICS } from "./tickets.logic";
import "@/shared/list/list.css";

const DEFAULTS = { scope: "received", status: "unfinished", topic: "" };
const LIMIT = 50;

/** 协同工单: what other teams ask of ours, and what we asked of them. */
export function TicketsPage() {
  const { t } = useTranslation(["tickets", "common"]);
  const path = { slug: useSlug() };
  const [url, change] = useUrlState(DEFAULTS, PAGER_KEYS);
  const counts = api.useQuery("get", "/api/v1/w/{slug}/tickets/counts", { params: { path } });
  const count = { received: counts.data?.received, raised: counts.data?.raised, all: undefined };
  return (
    <>
      <PageHeader title={t("title")} meta={counts.data && t("meta", { overdue: counts.data.overdue })} />
      <div className="stack">
        <div className="task-bar">
          <Chips
            label={t("scope.label")}
            items={SCOPES.map((key) => ({ key, label: t(`scope.${key}`), count: count[key] }))}
            value={SCOPES.find((key) => key === url.scope) ?? "received"}
            onChange={(scope) => change({ scope })}
          />
          <NativeSelect
            aria-label={t("statusLabel")}
            value={url.status}
            options={STATUSES.map((key) => ({ value: key, label: t(`status.${key}`) }))}
            onChange={(status) => change({ status })}
          />
          <NativeSelect
            aria-label={t("topicLabel")}
            value={url.topic}
            options={[
              { value: "", label: t("anyTopic") },
              ...TOPICS.map((key) => ({ value: key, label: t(`topic.${key}`) })),
            ]}
            onChange={(topic) => change({ topic })}
          />
        </div>
        <TicketList query={url} />
        <RoutesPanel />
      </div>
    </>
  );
}

function TicketList({ query }: { query: typeof DEFAULTS }) {
  const { t } = useTranslation("tickets");
  const { cursor } = usePager();
  const asked = withoutEmpty({ ...query, cursor, limit: LIMIT });
  const params = { path: { slug: useSlug() }, query: asked };
  const list = api.useQuery("get", "/api/v1/w/{slug}/tickets", { params }, { placeholderData: keepPreviousData });
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonCards />;
  const { items } = list.data;
  if (items.length === 0) return <EmptyState title={t("empty")} text={t("emptyText")} />;
  return (
    <>
      <ul className="cards" aria-label={t("title")}>
        {items.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} />
        ))}
      </ul>
      <PagedFoot page={list.data} size={LIMIT} />
    </>
  );
}
