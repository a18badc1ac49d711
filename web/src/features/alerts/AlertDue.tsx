import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type AlertRow, timeLeft } from "./alerts.logic";

/** The deadline, or since when the alert is closed or until when it rests. */
export function AlertDue({ alert }: { alert: AlertRow }) {
  const { t } = useTranslation("alerts");
  const format = useFormat();
  if (alert.status === "closed") {
    return (
      <span className="muted">{t("due.closed", { day: alert.closed_at ? format.day(alert.closed_at) : "" })}</span>
    );
  }
  if (alert.status === "snoozed") {
    return (
      <span className="muted">
        {t("due.snoozed", { day: alert.snoozed_until ? format.day(alert.snoozed_until) : "" })}
      </span>
    );
  }
  if (!alert.due_at) return <span className="muted">{t("due.none")}</span>;
  const { unit, count } = timeLeft(alert.due_at, format.now);
  const late = alert.is_overdue;
  return (
    <span className={late ? "alert-late" : ""}>{t(late ? `due.late.${unit}` : `due.left.${unit}`, { count })}</span>
  );
}

/** What has been done about it: verdict, work, or that it comes from the first stock-taking. */
export function AlertTags({ alert }: { alert: AlertRow }) {
  const { t } = useTranslation(["alerts", "routing"]);
  return (
    <>
      {alert.escalation_step > 0 && (
        <span className="risk-tag risk-high">{t("routing:tag.escalated", { step: alert.escalation_step })}</span>
      )}
      {alert.stands_in && <span className="tag tag-doing">{t("routing:tag.standIn")}</span>}
      {alert.origin === "stock" && <span className="tag">{t("alerts:tag.stock")}</span>}
      {alert.work_status === "doing" && <span className="tag tag-doing">{t("alerts:tag.doing")}</span>}
      {alert.verdict && <span className="tag">{t(`alerts:verdict.${alert.verdict}`)}</span>}
    </>
  );
}
