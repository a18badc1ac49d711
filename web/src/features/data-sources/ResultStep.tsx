import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { FileFacts } from "./FileFacts";
import type { Batch } from "./mapping.logic";

const COUNTS = ["rows_new", "rows_changed", "rows_same", "rows_rejected"] as const;

/** What came in, what did not and why. */
export function ResultStep({ batch }: { batch: Batch }) {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const to = useTo();
  const { count } = useFormat();
  const failed = batch.status === "failed";
  return (
    <div className="wizard">
      <FileFacts batch={batch} matchRate={batch.match_rate} />
      <Panel title={t(`result.${batch.status === "done" ? "done" : failed ? "failed" : "cancelled"}`)}>
        <div className="stack">
          {failed && <FormError error={batch.error} />}
          {batch.status !== "done" && <p className="muted">{t("result.nothing")}</p>}
          {batch.status === "done" && (
            <dl className="result-counts">
              {COUNTS.map((key) => (
                <div key={key}>
                  <dt>{t(`result.${key}`)}</dt>
                  <dd className="num">{count(batch[key])}</dd>
                </div>
              ))}
            </dl>
          )}
          <div className="row wrap">
            {batch.rows_rejected > 0 && (
              <Button href={`/api/v1/w/${slug}/imports/${batch.id}/rejects.csv`} download>
                {t("result.download")}
              </Button>
            )}
            <Link to={to("/data/import")}>
              <Button>{t("result.another")}</Button>
            </Link>
            {batch.status === "done" && (
              <Link to={to("/dashboard")}>
                <Button type="primary">{t("result.toDashboard")}</Button>
              </Link>
            )}
          </div>
        </div>
      </Panel>
    </div>
  );
}
