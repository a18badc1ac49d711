import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { FIGURES, type FigureRow, type Figures, type Interval } from "./backtest.logic";

const WORDS = {
  precision: "precision",
  base_rate: "base",
  lift: "lift",
  recall: "recall",
  lead_days: "lead",
} as const;

/** Figures with their 95 % intervals and n; the live version beside them where there is one. */
export function FiguresTable({ figures, live }: { figures: Figures; live: Figures | null }) {
  const { t } = useTranslation("backtests");
  return (
    <div>
      <table className="figures">
        <caption className="sr-only">{t("figure.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("figure.name")}</th>
            <th scope="col">{t("figure.own")}</th>
            {live && <th scope="col">{t("figure.live")}</th>}
          </tr>
        </thead>
        <tbody>
          {FIGURES.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {t(`figure.${WORDS[row.name]}`)}
                <span className="muted small">{t(`figure.${WORDS[row.name]}Hint`)}</span>
              </th>
              <td>
                <IntervalText interval={figures[row.name]} unit={row.unit} />
              </td>
              {live && (
                <td>
                  <IntervalText interval={live[row.name]} unit={row.unit} />
                </td>
              )}
            </tr>
          ))}
          <Amounts figures={figures} live={live} />
        </tbody>
      </table>
      <p className="muted small">{t("figure.confidence")}</p>
    </div>
  );
}

function IntervalText({ interval, unit }: { interval: Interval; unit: FigureRow["unit"] }) {
  const { t } = useTranslation("backtests");
  const { percent, count } = useFormat();
  const { value, low, high, n } = interval;
  const decimal = (number: number) => number.toLocaleString("en-US", { maximumFractionDigits: 1 });
  const text = (number: number) => (unit === "share" ? percent(number) : decimal(number));
  const said = value !== null && (unit === "share" ? percent(value) : t(`figure.${unit}`, { value: decimal(value) }));
  return (
    <>
      <strong>{said === false ? t("figure.none") : said}</strong>{" "}
      <span className="muted small">
        {low !== null && high !== null && `(${t("figure.interval", { low: text(low), high: text(high) })}) `}
        {t("figure.n", { n: count(n) })}
      </span>
    </>
  );
}

function Amounts({ figures, live }: { figures: Figures; live: Figures | null }) {
  const { t } = useTranslation("backtests");
  const { count } = useFormat();
  const perWeek = (value: number | null) =>
    value === null ? t("figure.none") : value.toLocaleString("en-US", { maximumFractionDigits: 1 });
  const rows = [
    { key: "alertsWeek", of: (some: Figures) => perWeek(some.alerts_per_week) },
    { key: "alertsOwner", of: (some: Figures) => perWeek(some.alerts_per_owner_week) },
    { key: "flagged", of: (some: Figures) => count(some.flagged) },
  ] as const;
  return rows.map(({ key, of }) => (
    <tr key={key}>
      <th scope="row">{t(`figure.${key}`)}</th>
      <td>
        <strong>{of(figures)}</strong>
      </td>
      {live && (
        <td>
          <strong>{of(live)}</strong>
        </td>
      )}
    </tr>
  ));
}
