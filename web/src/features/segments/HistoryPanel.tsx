import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";
import type { Tag } from "./segments.logic";

const LIMIT = 50;

/** Who came and who went, the newest change first. */
export function HistoryPanel({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const slug = useSlug();
  const { cursor } = usePager();
  const history = api.useQuery(
    "get",
    "/api/v1/w/{slug}/tags/{tag_id}/history",
    { params: { path: { slug, tag_id: tag.id }, query: { limit: LIMIT, ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  );
  const { data } = history;
  return (
    <Panel title={t("tab.history")} flush>
      {history.isError && <ErrorState error={history.error} retry={() => void history.refetch()} />}
      {history.isPending && <SkeletonRows />}
      {data?.items.length === 0 && <EmptyState title={t("history.none")} />}
      <ol className="segment-members">
        {data?.items.map((stay) => (
          <Stay key={stay.id} stay={stay} />
        ))}
      </ol>
      {data && <PagedFoot page={data} size={LIMIT} />}
    </Panel>
  );
}

function Stay({ stay }: { stay: Schemas["TagStay"] }) {
  const { t } = useTranslation("segments");
  const to = useTo();
  const format = useFormat();
  const { customer, since, until, set_by } = stay;
  return (
    <li className="row wrap">
      <span className={`tag ${until ? "tag-grey" : "tag-green"}`}>{t(until ? "history.left" : "history.entered")}</span>
      <Link className="grow ellipsis" to={to(`/customers/${customer.id}`)}>
        {customer.name}
      </Link>
      <span className="muted small">
        {until
          ? t("history.stay", { since: format.day(since), until: format.day(until) })
          : t("history.since", { since: format.day(since) })}
        {set_by && ` · ${set_by.name}`}
      </span>
    </li>
  );
}
