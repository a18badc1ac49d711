import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { hasTrend, labelOf, TREND_VIEWS, type TrendPoint, type TrendView, trendOption } from "./trend.logic";

function TrendTable({ points }: { points: readonly TrendPoint[] }) {
  const { t } = useTranslation("dashboard");
  const { percent, count } = useFormat();
  const rate = (value: number | null) => (value === null ? "—" : percent(value / 100, 2));
  return (
    <div className="table-box" style={{ maxHeight: 300 }}>
      <table className="table">
        <thead>
          <tr>
            {(["period", "opening", "lost", "churn", "retention", "active", "orders"] as const).map((column) => (
              <th key={column} scope="col" className={column === "period" ? "" : "end"}>
                {t(`trend.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.day}>
              <th scope="row">
                {labelOf(point.day, points)} {!point.complete && t("trend.notFull")}
              </th>
              <td className="end">{count(point.opening)}</td>
              <td className="end">{count(point.lost)}</td>
              <td className="end">{rate(point.churn_rate)}</td>
              <td className="end">{rate(point.retention_rate)}</td>
              <td className="end">{count(point.active_customers)}</td>
              <td className="end">{count(point.orders)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Churn rate, retention and activity over time; the same numbers as a table on demand. */
export function TrendPanel({ points }: { points: readonly TrendPoint[] }) {
  const { t } = useTranslation("dashboard");
  const { churn_days } = useWorkspace();
  const [view, setView] = useState<TrendView>("churn");
  const [asTable, setAsTable] = useState(false);
  const option = useMemo(() => {
    const words = {
      churn: t("trend.churn"),
      retention: t("trend.retention"),
      active: t("trend.active"),
      orders: t("trend.orders"),
      running: t("trend.running"),
    };
    return trendOption(points, view, words);
  }, [points, view, t]);
  return (
    <Panel
      title={t("trend.title")}
      extra={
        <Segmented<TrendView>
          size="small"
          aria-label={t("trend.title")}
          value={view}
          onChange={setView}
          options={TREND_VIEWS.map((key) => ({ value: key, label: t(`trend.${key}`) }))}
        />
      }
      className="trend"
    >
      {asTable && <TrendTable points={points} />}
      {!asTable && hasTrend(points, view) && (
        <Chart option={option} height={264} label={t("trend.chartLabel", { what: t(`trend.${view}`) })} />
      )}
      {!asTable && !hasTrend(points, view) && <EmptyState title={t("trend.none")} text={t("trend.noneText")} />}
      <div className="spread small muted" style={{ marginTop: 8 }}>
        <span>{t("trend.definition", { days: churn_days })}</span>
        <button type="button" className="link-button" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? "trend.asChart" : "trend.asTable")}
        </button>
      </div>
    </Panel>
  );
}
