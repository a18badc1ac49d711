import { useTranslation } from "react-i18next";
import { InTime, Precision, ResponseTime, VerdictBar } from "@/features/team/HandledParts";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { FigureCards } from "./FigureCards";
import { LeaversPanel } from "./LeaversPanel";
import { closingsOf, outcomesOf, type Report } from "./reports.logic";

/** One report, from how many are at risk to who they are. */
export function ReportView({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const meta = [
    t("period", { since: report.since, until: report.until }),
    report.is_live ? t("live") : t("made", { time: format.dayTime(report.made_at) }),
    t("customers", { customers: format.customers(report.customers) }),
  ];
  return (
    <article className="stack" aria-label={t("period", { since: report.since, until: report.until })}>
      <p className="muted small">{meta.join(" · ")}</p>
      <FigureCards report={report} />
      <div className="report-pair">
        <Results report={report} />
        <Handling report={report} />
      </div>
      <LeaversPanel leavers={report.leavers} />
    </article>
  );
}

function Results({ report }: { report: Report }) {
  const { t } = useTranslation(["reports", "customer360"]);
  const outcomes = outcomesOf(report).map(({ key, count }) =>
    t("reports:counted", { name: t(`customer360:outcome.kind.${key}`), count }),
  );
  const closed = closingsOf(report).map(({ key, count }) =>
    t("reports:counted", { name: t(`reports:reason.${key}`), count }),
  );
  return (
    <Panel title={t("reports:outcomes")}>
      <dl className="facts">
        <dt>{t("reports:outcomes")}</dt>
        <dd>{outcomes.join(" · ") || t("reports:noOutcomes")}</dd>
        <dt>{t("reports:closed")}</dt>
        <dd>{closed.join(" · ") || t("reports:noClosed")}</dd>
      </dl>
    </Panel>
  );
}

function Handling({ report: { handled } }: { report: Report }) {
  const { t } = useTranslation(["reports", "team"]);
  return (
    <Panel title={t("reports:handling")}>
      <dl className="facts">
        <dt>{t("team:column.median")}</dt>
        <dd>
          <ResponseTime handled={handled} />
        </dd>
        <dt>{t("team:column.inTime")}</dt>
        <dd>
          <InTime handled={handled} />
        </dd>
        <dt>{t("team:column.escalated")}</dt>
        <dd>{t("reports:escalated", { count: handled.escalated })}</dd>
        <dt>{t("team:column.verdicts")}</dt>
        <dd>
          <VerdictBar handled={handled} />
        </dd>
        <dt>{t("team:column.precision")}</dt>
        <dd>
          <Precision handled={handled} />
        </dd>
      </dl>
      <p className="muted small">{t("team:how")}</p>
    </Panel>
  );
}
