import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { type Lines, monthsOption, type Promised, recallOption, reliabilityOption, rocOption } from "./promise.logic";
import { SharesTable } from "./SharesTable";

const HEIGHT = 280;

/** Whether probabilities are right, what recall a precision costs, and how it went month by month. */
export function PromiseCharts({ report }: { report: Promised }) {
  const { t } = useTranslation("promise");
  const { percent } = useFormat();
  const { reliability, chosen, by_month: months } = report;
  const base = chosen.base_rate.value;
  const options = useMemo(() => {
    const words: Lines = {
      said: t("chart.said"),
      happened: t("chart.happened"),
      exact: t("chart.exact"),
      curve: t("chart.curve"),
      chosen: t("fact.recall"),
      base: t("figure.base"),
      precision: t("figure.precision"),
      target: t("chart.today"),
      alerts: t("share.alerts"),
      random: t("chart.false"),
    };
    return {
      months: monthsOption(months, chosen.target, { ...words, target: t("target.label") }),
      reliability: reliabilityOption(reliability, words),
      recall: recallOption(report, base, words),
      roc: rocOption(report, words),
    };
  }, [t, report, reliability, months, base, chosen.target]);
  if (report.curve.length === 0) return null;
  return (
    <>
      <Panel title={t("chart.months")}>
        <Chart option={options.months} height={HEIGHT} label={t("chart.monthsLabel")} />
        <details>
          <summary>{t("chart.table")}</summary>
          <SharesTable label={t("chart.months")} first={t("share.moment")} shares={months} />
        </details>
      </Panel>
      <div className="promise-charts">
        <Panel title={t("chart.recall")}>
          <Chart option={options.recall} height={HEIGHT} label={t("chart.recallLabel")} />
        </Panel>
        <Panel
          title={t("chart.roc")}
          extra={report.auc !== null && <span className="muted">AUC {report.auc.toFixed(3)}</span>}
        >
          <Chart option={options.roc} height={HEIGHT} label={t("chart.rocLabel")} />
        </Panel>
        <Panel title={t("chart.reliability")}>
          <Chart option={options.reliability} height={HEIGHT} label={t("chart.reliabilityLabel")} />
          <details>
            <summary>{t("chart.table")}</summary>
            <SimpleTable
              label={t("chart.reliability")}
              rows={reliability}
              rowKey={({ said }) => said}
              columns={[
                { key: "said", title: t("chart.said"), end: true, render: ({ said }) => percent(said) },
                { key: "happened", title: t("chart.happened"), end: true, render: ({ happened }) => percent(happened) },
                {
                  key: "interval",
                  title: t("chart.interval"),
                  end: true,
                  render: ({ low, high }) => `${percent(low)}–${percent(high)}`,
                },
                { key: "n", title: "n", end: true, render: ({ n }) => n.toLocaleString("en-US") },
              ]}
            />
          </details>
        </Panel>
      </div>
    </>
  );
}
