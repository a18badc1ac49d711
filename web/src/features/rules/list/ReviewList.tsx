import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";

type Review = Schemas["RuleReviewOut"];
type Interval = Schemas["Interval"];

/** RUL-06: rules that seldom match and whose customers are seldom kept, proposed for retirement. */
export function ReviewList() {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const { churn_days: days } = useWorkspace();
  const review = api.useQuery("get", "/api/v1/w/{slug}/rules/review", { params: { path: { slug } } });
  if (review.isError) return <ErrorState error={review.error} retry={() => void review.refetch()} />;
  if (!review.data) return <SkeletonRows />;
  if (review.data.length === 0) return <EmptyState title={t("review.none")} text={t("review.noneText", { days })} />;
  return (
    <>
      <p className="muted">{t("review.text")}</p>
      <ReviewTable rows={review.data} />
    </>
  );
}

function ReviewTable({ rows }: { rows: readonly Review[] }) {
  const { t } = useTranslation("rules");
  const { count } = useFormat();
  const to = useTo();
  return (
    <Panel flush>
      <SimpleTable
        label={t("tab.review")}
        rows={rows}
        rowKey={({ rule_id }) => rule_id}
        columns={[
          {
            key: "name",
            title: t("column.name"),
            render: ({ rule_id, name, text, proposed }) => (
              <>
                <span className="row wrap">
                  <Link to={to(`/rules/${rule_id}`)}>{name}</Link>
                  {proposed && <span className="status draft">{t("review.proposed")}</span>}
                </span>
                <span className="muted small">{text}</span>
              </>
            ),
          },
          { key: "hits", title: t("review.triggered"), end: true, render: ({ triggered }) => count(triggered) },
          { key: "rate", title: t("review.rate"), render: (row) => <Share interval={row.trigger_rate} /> },
          { key: "kept", title: t("review.notLost"), render: (row) => <Share interval={row.not_lost} /> },
          { key: "base", title: t("review.base"), render: (row) => <Share interval={row.base_not_lost} /> },
        ]}
      />
    </Panel>
  );
}

function Share({ interval: { value, low, high, n } }: { interval: Interval }) {
  const { t } = useTranslation(["rules", "common"]);
  const { percent, count } = useFormat();
  if (value === null) return <span className="muted">{t("common:state.unknown")}</span>;
  return (
    <span>
      <strong>{percent(value)}</strong>{" "}
      {low !== null && high !== null && (
        <span className="muted small nowrap">
          {t("precision.interval", { low: percent(low), high: percent(high), n: count(n) })}
        </span>
      )}
    </span>
  );
}
