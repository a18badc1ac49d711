import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/shared/api/client";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score } from "@/shared/ui/Score";

type Alert = Schemas["AlertRow"];

function Due({ alert }: { alert: Alert }) {
  const { t } = useTranslation("dashboard");
  const { ago } = useFormat();
  if (!alert.due_at) return null;
  return alert.is_overdue ? (
    <span className="overdue">{t("top.overdue")}</span>
  ) : (
    <span>{t("top.due", { when: ago(alert.due_at) })}</span>
  );
}

function Row({ alert }: { alert: Alert }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const { money } = useFormat();
  const to = useTo();
  const { customer } = alert;
  return (
    <li>
      <Link to={to(`/alerts/${alert.id}`)} className="top-row">
        <Score score={alert.score} level={alert.level} />
        <span className="grow">
          <span className="row" style={{ gap: 6 }}>
            <strong className="ellipsis">{customer.name}</strong>
            {customer.name_is_sample && <SampleMark />}
          </span>
          <span className="ellipsis muted small" style={{ display: "block" }}>
            {alert.top_reason}
          </span>
        </span>
        <span className="top-side small">
          <b className="num">{t("dashboard:top.loss", { money: money(alert.expected_loss) })}</b>
          <span className="muted">
            <Due alert={alert} /> {alert.owner?.name ?? t("common:state.unassigned")}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** What to do first, by expected loss. */
export function TopWorkPanel({ alerts, stockOpen }: { alerts: readonly Alert[]; stockOpen: number }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const to = useTo();
  return (
    <Panel
      title={t("dashboard:top.title")}
      extra={<Link to={to("/alerts?scope=all")}>{t("common:action.viewAll")}</Link>}
      flush
    >
      {alerts.length ? (
        <ul className="top-list">
          {alerts.map((alert) => (
            <Row key={alert.id} alert={alert} />
          ))}
        </ul>
      ) : (
        <EmptyState title={t("dashboard:top.none")} text={t("dashboard:top.noneText")} />
      )}
      {stockOpen > 0 && (
        <Link to={to("/alerts?scope=all&origin=stock")} className="top-stock small">
          {t("dashboard:top.stock", { count: stockOpen })}
        </Link>
      )}
    </Panel>
  );
}
