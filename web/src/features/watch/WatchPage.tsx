import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { RiskTag } from "@/shared/ui/RiskTag";
import { ScoreNote } from "@/shared/ui/Score";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { CustomerTabs } from "./CustomerTabs";
import { REASONS, type Reason, reasonOf } from "./watch.logic";
import "@/shared/list/list.css";

const LIMIT = 50;

/** 断线守护: who hangs on one person, lost one, or has just changed hands. */
export function WatchPage() {
  const { t } = useTranslation(["routing", "common"]);
  const slug = useSlug();
  const [url, change] = useUrlState({ reason: "" }, PAGER_KEYS);
  const { cursor } = usePager();
  const reason = reasonOf(url.reason);
  const query = { limit: LIMIT, ...(reason && { reason }), ...(cursor && { cursor }) };
  const path = { slug };
  const counts = api.useQuery("get", "/api/v1/w/{slug}/watch/counts", { params: { path } });
  const watch = api.useQuery(
    "get",
    "/api/v1/w/{slug}/watch",
    { params: { path, query } },
    { placeholderData: keepPreviousData },
  );
  const rows = watch.data?.items ?? [];
  return (
    <>
      <PageHeader title={t("routing:watch.title")} meta={<ScoreNote />} />
      <CustomerTabs />
      <div className="stack">
        <p className="muted">{t("routing:watch.text")}</p>
        <Chips<Reason | "">
          label={t("routing:watch.filter")}
          value={reason}
          onChange={(next) => change({ reason: next })}
          items={(["", ...REASONS] as const).map((key) => ({
            key,
            label: t(key ? `routing:watch.reason.${key}` : "common:state.all"),
            ...(counts.data && { count: counts.data[key || "all"] }),
          }))}
        />
        {watch.isError && <ErrorState error={watch.error} retry={() => void watch.refetch()} />}
        {watch.isPending && <SkeletonRows />}
        {watch.data && rows.length === 0 && (
          <EmptyState title={t("routing:watch.empty")} text={t("routing:watch.emptyText")} />
        )}
        {watch.data && rows.length > 0 && (
          <>
            <Panel flush>
              <ul>
                {rows.map((row) => (
                  <WatchItem key={row.id} row={row} />
                ))}
              </ul>
            </Panel>
            <PagedFoot page={watch.data} size={LIMIT} />
          </>
        )}
      </div>
    </>
  );
}

function WatchItem({ row }: { row: Schemas["WatchRow"] }) {
  const { t } = useTranslation(["routing", "common"]);
  const to = useTo();
  const format = useFormat();
  const owner = row.owner?.name ?? t("common:state.unassigned");
  return (
    <li className="watch-row" aria-label={row.customer.name}>
      <CustomerCell
        customer={row.customer}
        to={to(`/customers/${row.customer.id}`)}
        meta={t(`common:tier.${row.tier}`)}
      />
      <div className="watch-why">
        <div className="row wrap">
          <strong>{row.reason_text}</strong>
          {row.days_left !== null && (
            <span className="tag">{t("routing:watch.daysLeft", { count: Math.max(row.days_left, 0) })}</span>
          )}
        </div>
        <div className="muted small">
          {t("routing:watch.since", { day: format.day(row.since) })} ·{" "}
          {row.last_contact_at
            ? t("routing:watch.lastContact", { day: format.day(row.last_contact_at) })
            : t("routing:watch.noContact")}
        </div>
      </div>
      <span className="row watch-worth">
        <RiskTag level={row.level} />
        <span className="num">{t("routing:watch.worth", { amount: format.money(row.annual_value) })}</span>
      </span>
      <span className="small watch-owner">{owner}</span>
    </li>
  );
}
