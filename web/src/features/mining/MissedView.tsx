import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { bestThreshold, percent } from "./mining.logic";

/** 漏报复盘: losses without an alert, what spoke for them, and what a lower threshold would have cost. */
export function MissedView({ found }: { found: Schemas["MissedOut"] }) {
  const { t } = useTranslation("mining");
  const to = useTo();
  const { money, score } = useFormat();
  const missed = found.losses - found.alerted;
  if (found.losses === 0) return <EmptyState title={t("missed.none")} />;
  return (
    <>
      <p>
        {t("missed.summary", {
          losses: found.losses,
          alerted: found.alerted,
          missed,
          silent: found.silent,
          money: money(found.money),
        })}
      </p>
      {found.replayed && <p className="form-note">{t("missed.replayed", { score: found.watch_score })}</p>}
      <Panel title={t("missed.byScore")}>
        <SimpleTable
          label={t("missed.byScore")}
          rows={found.by_score}
          rowKey={({ at }) => at}
          columns={[
            { key: "at", title: t("missed.from"), render: ({ at }) => score(at) },
            { key: "caught", title: t("missed.caught"), render: ({ caught }) => caught, end: true },
            { key: "more", title: t("missed.more"), render: ({ more_alerts }) => more_alerts, end: true },
          ]}
        />
      </Panel>
      <Panel title={t("missed.bySignal")}>
        <SimpleTable
          label={t("missed.bySignal")}
          rows={found.by_signal}
          rowKey={({ signal }) => signal}
          columns={[
            {
              key: "name",
              title: t("missed.signal"),
              render: ({ signal, name }) => <Link to={to(`/signals/${signal}`)}>{name}</Link>,
            },
            { key: "spoke", title: t("missed.spoke"), render: ({ spoke }) => spoke, end: true },
            { key: "best", title: t("missed.best"), render: ({ thresholds }) => <Best steps={thresholds} /> },
          ]}
        />
      </Panel>
      <Panel title={t("missed.list")}>
        <SimpleTable
          label={t("missed.list")}
          rows={found.listed}
          rowKey={({ customer_id }) => customer_id}
          columns={[
            {
              key: "name",
              title: t("missed.customer"),
              render: (loss) => <Link to={to(`/customers/${loss.customer_id}`)}>{loss.name || loss.key}</Link>,
            },
            { key: "lost", title: t("missed.lostOn"), render: ({ lost_on }) => lost_on },
            { key: "money", title: t("missed.money"), render: ({ annual_value }) => money(annual_value), end: true },
            {
              key: "score",
              title: t("missed.score"),
              render: (loss) => t("missed.scoreCost", { score: score(loss.score), more: loss.more_alerts }),
            },
            { key: "signals", title: t("missed.signals"), render: ({ signals }) => <Spoke signals={signals} /> },
          ]}
        />
      </Panel>
    </>
  );
}

function Best({ steps }: { steps: readonly Schemas["ThresholdOut"][] }) {
  const { t } = useTranslation("mining");
  const best = bestThreshold(steps);
  return best ? t("missed.step", { at: percent(best.at), caught: best.caught, more: best.more_alerts }) : "—";
}

function Spoke({ signals }: { signals: readonly Schemas["SpokeOut"][] }) {
  const { t } = useTranslation("mining");
  if (signals.length === 0) return <>{t("missed.noSignal")}</>;
  return (
    <ul className="mining-sentences">
      {signals.map(({ signal, name, strength, more_alerts }) => (
        <li key={signal}>{t("missed.spokeAs", { name, strength: percent(strength), more: more_alerts })}</li>
      ))}
    </ul>
  );
}
