import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { Spark } from "@/shared/ui/Spark";
import { hourOf, type Operations, span } from "./operations.logic";

/** The live path: what waits, how long rows take to count, and both over the last hour. */
export function LivePanel({ live }: { live: Operations["live"] }) {
  const { t } = useTranslation("operations");
  const { count, language } = useFormat();
  const time = (seconds: number | null) => (seconds === null ? t("live.quiet") : span(seconds, language));
  const figures = [
    ["waiting", t("live.rows", { text: count(live.rows) })],
    ["oldest", span(live.oldest_seconds, language)],
    ["half", time(live.lag_p50)],
    ["most", time(live.lag_p95)],
    [
      "speed",
      live.rows_per_second === null ? t("live.unknown") : t("live.perSecond", { text: count(live.rows_per_second) }),
    ],
  ] as const;
  return (
    <Panel title={t("live.title")}>
      <dl className="operations-figures">
        {figures.map(([key, text]) => (
          <div key={key}>
            <dt>{t(`live.${key}`)}</dt>
            <dd className="num">{text}</dd>
          </div>
        ))}
      </dl>
      <Hour history={live.history} />
    </Panel>
  );
}

function Hour({ history }: { history: Operations["live"]["history"] }) {
  const { t } = useTranslation("operations");
  const { count, language } = useFormat();
  const hour = hourOf(history);
  if (!hour) return <p className="muted small">{t("live.noHistory")}</p>;
  const rows = t("live.hourRows", { text: count(hour.most) });
  const lag = t("live.hourLag", { text: span(hour.longest, language) });
  return (
    <div className="operations-hour">
      <figure>
        <Spark values={hour.rows} width={240} height={48} label={rows} />
        <figcaption className="muted small">{rows}</figcaption>
      </figure>
      <figure>
        <Spark values={hour.lag} width={240} height={48} color="#a8071a" label={lag} />
        <figcaption className="muted small">{lag}</figcaption>
      </figure>
    </div>
  );
}
