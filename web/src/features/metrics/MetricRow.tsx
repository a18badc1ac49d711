import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { liveUses, type Metric } from "./metrics.logic";

function Uses({ metric }: { metric: Metric }) {
  const { t } = useTranslation("metrics");
  const { list } = useFormat();
  if (!metric.uses.length) return <span className="muted small">{t("unused")}</span>;
  const names = list(metric.uses.map(({ name, live }) => (live ? name : t("draftUse", { name }))));
  return (
    <span className="muted small" title={t("usedNames", { names })}>
      {t("usedBy", { count: metric.uses.length })}
      <span className="sr-only"> {names}</span>
    </span>
  );
}

export interface MetricRowProps {
  metric: Metric;
  mayEdit: boolean;
  onArchive: (metric: Metric) => void;
  onUnarchive: (metric: Metric) => void;
}

/** One metric of the list: what it means, its unit, who uses it. */
export function MetricRow({ metric, mayEdit, onArchive, onUnarchive }: MetricRowProps) {
  const { t } = useTranslation(["metrics", "common"]);
  const to = useTo();
  return (
    <li className="metric">
      <div className="grow">
        <div className="row wrap">
          {metric.archived ? (
            <strong>{metric.name}</strong>
          ) : (
            <Link to={to(`/metrics/${metric.code}`)}>
              <strong>{metric.name}</strong>
            </Link>
          )}
          <span className="metric-unit">{t(`metrics:unit.${metric.unit}`)}</span>
          <Uses metric={metric} />
        </div>
        <p className="muted small">{metric.sentence}</p>
        {metric.missing && <p className="metric-missing small">{metric.missing}</p>}
      </div>
      {mayEdit && !metric.builtin && <PutAway metric={metric} onArchive={onArchive} onUnarchive={onUnarchive} />}
    </li>
  );
}

/** What uses a metric is named before it is put away; while something live does, it cannot be. */
function PutAway({ metric, onArchive, onUnarchive }: Omit<MetricRowProps, "mayEdit">) {
  const { t } = useTranslation("metrics");
  const { list } = useFormat();
  if (metric.archived)
    return (
      <Button type="text" onClick={() => onUnarchive(metric)} aria-label={`${t("unarchive")} ${metric.name}`}>
        {t("unarchive")}
      </Button>
    );
  const names = list(liveUses(metric));
  return (
    <Popconfirm
      title={names ? t("inUse", { names }) : t("archiveAsk", { name: metric.name })}
      okButtonProps={{ disabled: names !== "" }}
      onConfirm={() => onArchive(metric)}
    >
      <Button type="text" aria-label={`${t("archive")} ${metric.name}`}>
        {t("archive")}
      </Button>
    </Popconfirm>
  );
}
