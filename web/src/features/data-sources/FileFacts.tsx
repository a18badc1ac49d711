import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type Batch, GOOD_MATCH } from "./mapping.logic";

/** What the server found out about the file; the match rate is the headline (DAT-02). */
export function FileFacts({ batch, matchRate }: { batch: Batch; matchRate: number | null }) {
  const { t } = useTranslation("dataSources");
  const { count, percent, dayTime } = useFormat();
  const facts: [string, string][] = [
    [t("facts.file"), batch.file_name],
    [t("facts.rows"), batch.rows_total === null ? "—" : count(batch.rows_total)],
    [t("facts.encoding"), batch.encoding || "—"],
    [t("facts.columns"), String(batch.columns.length)],
  ];
  return (
    <section className="panel" style={{ padding: "16px 20px" }} aria-label={t("facts.title")}>
      <div className="spread" style={{ flexWrap: "wrap" }}>
        <dl className="file-facts">
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {matchRate !== null && (
          <div style={{ textAlign: "right" }}>
            <div className={`match ${matchRate >= GOOD_MATCH ? "good" : "poor"}`}>{percent(matchRate)}</div>
            <div className="muted small">{t("facts.match")}</div>
          </div>
        )}
      </div>
      {batch.seen_before_at && (
        <p className="form-note" style={{ marginTop: 12 }}>
          {t("facts.seen", { when: dayTime(batch.seen_before_at) })}
        </p>
      )}
    </section>
  );
}
