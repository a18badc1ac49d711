import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { RiskTag } from "@/shared/ui/RiskTag";
import { type LevelLine, levelLines, type Report } from "./reports.logic";

/** How many stand at each level against a week ago, and the money behind it. */
export function FigureCards({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  return (
    <dl className="report-figures" aria-label={t("figures")}>
      {levelLines(report).map((line) => (
        <LevelCard key={line.level} line={line} />
      ))}
      <HighValue report={report} />
      <Card name={t("raised")} note={t("raisedNote")}>
        {format.count(report.raised)}
      </Card>
      <Card name={t("lostValue")} note={t("lostNote")}>
        {format.money(report.lost_value)}
      </Card>
    </dl>
  );
}

function LevelCard({ line: { level, now, before } }: { line: LevelLine }) {
  const { t } = useTranslation("reports");
  const { count } = useFormat();
  const note = before === null ? t("noBefore") : t("before", { text: count(before) });
  return (
    <Card name={<RiskTag level={level} />} note={note}>
      {count(now)}{" "}
      {before !== null && (
        <Delta value={now - before} risingIsBad={level !== "normal"} text={count(Math.abs(now - before))} />
      )}
    </Card>
  );
}

function HighValue({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const { money } = useFormat();
  const { high_value: now, high_value_before: before } = report;
  const note = before === null ? t("noBefore") : t("before", { text: money(before) });
  return (
    <Card name={t("highValue")} note={note}>
      {money(now)} {before !== null && <Delta value={now - before} text={money(Math.abs(now - before))} />}
    </Card>
  );
}

function Card({ name, note, children }: { name: ReactNode; note: string; children: ReactNode }) {
  return (
    <div className="panel">
      <dt className="muted small">{name}</dt>
      <dd className="report-figure num">{children}</dd>
      <dd className="muted small">{note}</dd>
    </div>
  );
}
