import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Chart } from "@/shared/ui/Chart";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { type Backtest, chartOption, type Figures, type Origin } from "./backtest.logic";
import { FiguresTable } from "./FiguresTable";
import { NamedCustomers } from "./NamedCustomers";

/** The report: figures beside base rate and live version, moment by moment, by name, and what it could not know. */
export function BacktestReport({ run, figures }: { run: Backtest; figures: Figures }) {
  const { t } = useTranslation("backtests");
  return (
    <>
      <p className="muted">
        {t("range", {
          start: run.start ?? "",
          end: run.end ?? "",
          origins: run.origins,
          days: run.horizon_days,
        })}
      </p>
      {run.without_history.length > 0 && (
        <p className="form-note">
          <strong>{t("history.title")}</strong> {t("history.text", { names: run.without_history.join(" · ") })}
        </p>
      )}
      <FiguresTable figures={figures} live={run.live} />
      <Origins origins={run.by_origin} />
      <NamedCustomers run={run} />
    </>
  );
}

const HEIGHT = 240;

function Origins({ origins }: { origins: readonly Origin[] }) {
  const { t } = useTranslation("backtests");
  const { count } = useFormat();
  const option = useMemo(
    () => chartOption(origins, { hits: t("chart.hits"), others: t("chart.others") }),
    [origins, t],
  );
  if (origins.length === 0) return null;
  const number = (key: "eligible" | "flagged" | "hits" | "lost", title: string) => ({
    key,
    title,
    end: true,
    render: (origin: Origin) => count(origin[key]),
  });
  return (
    <section aria-label={t("chart.title")}>
      <h3>{t("chart.title")}</h3>
      <Chart option={option} height={HEIGHT} label={t("chart.label")} />
      <details>
        <summary>{t("chart.table")}</summary>
        <SimpleTable
          label={t("chart.title")}
          rows={origins}
          rowKey={({ as_of }) => as_of}
          columns={[
            { key: "as_of", title: t("chart.asOf"), render: ({ as_of }) => as_of },
            number("eligible", t("chart.eligible")),
            number("flagged", t("chart.flagged")),
            number("hits", t("chart.hitsShort")),
            number("lost", t("chart.lost")),
          ]}
        />
      </details>
    </section>
  );
}
