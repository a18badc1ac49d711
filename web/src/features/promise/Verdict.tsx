import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { type Promised, percentOf, small } from "./promise.logic";

/** The measured precision and the base rate side by side, each with its interval, and what that allows. */
export function Verdict({ report }: { report: Promised }) {
  const { t } = useTranslation("promise");
  const { chosen } = report;
  const { verdict, reason } = chosen;
  return (
    <Panel className={`promise-verdict promise-${verdict}`}>
      <div role="status">
        <h2>{t(`verdict.${verdict}`, { percent: percentOf(chosen.target) })}</h2>
        <p>{reason}</p>
      </div>
      <div className="promise-pair">
        <Figure
          title={t("figure.precision")}
          interval={chosen.precision}
          note={t("figure.alerts", { n: chosen.alerts })}
        />
        <Figure title={t("figure.base")} interval={chosen.base_rate} note={t("figure.baseNote")} />
      </div>
      <Facts report={report} />
    </Panel>
  );
}

function Figure({ title, interval, note }: { title: string; interval: Promised["chosen"]["precision"]; note: string }) {
  const { t } = useTranslation("promise");
  const { percent } = useFormat();
  const { value, low, high } = interval;
  return (
    <dl className="promise-figure">
      <dt>{title}</dt>
      <dd className="promise-big">{value === null ? "—" : percent(value)}</dd>
      <dd className="muted small">
        {low !== null && high !== null && t("figure.interval", { low: percent(low), high: percent(high) })} {note}
      </dd>
    </dl>
  );
}

type Fact = "recall" | "lift" | "perWeek" | "lead" | "kept" | "wilson";

function Facts({ report }: { report: Promised }) {
  const { t } = useTranslation("promise");
  const { percent } = useFormat();
  const { chosen } = report;
  const { recall, lift, lead_days: lead } = chosen;
  const range = (low: number | null, high: number | null, text: (value: number) => string) =>
    low === null || high === null ? "" : ` (${text(low)}–${text(high)})`;
  const facts: [Fact, string, string][] = [
    ["recall", recall.value === null ? "—" : percent(recall.value), range(recall.low, recall.high, percent)],
    ["lift", lift.value === null ? "—" : `${small(lift.value)}×`, range(lift.low, lift.high, small)],
    ["perWeek", small(chosen.alerts_per_week), ""],
    [
      "lead",
      lead.value === null ? "—" : t("fact.days", { days: small(lead.value) }),
      range(lead.low, lead.high, small),
    ],
    ["kept", t("fact.keptOf", { kept: chosen.kept, made: chosen.made }), t("fact.refused", { count: chosen.refusals })],
    ["wilson", t("figure.range", { low: percent(chosen.wilson_low), high: percent(chosen.wilson_high) }), ""],
  ];
  return (
    <dl className="promise-facts">
      {facts.map(([key, value, more]) => (
        <div key={key}>
          <dt>{t(`fact.${key}`)}</dt>
          <dd>
            <b>{value}</b>
            <span className="muted small">{more}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
