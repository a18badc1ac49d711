import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type Bucket, openCount, type Window } from "./renewals.logic";

/** The five windows with their money; one is open. */
export function BucketCards({
  buckets,
  value,
  onChange,
}: {
  buckets: readonly Bucket[];
  value: Window;
  onChange: (window: string) => void;
}) {
  const { t } = useTranslation("renewals");
  const format = useFormat();
  return (
    <div className="buckets" role="group" aria-label={t("window.label")}>
      {buckets.map((bucket) => (
        <button
          key={bucket.window}
          type="button"
          className="bucket"
          aria-pressed={bucket.window === value}
          onClick={() => onChange(bucket.window)}
        >
          <span className="spread">
            <span>
              {bucket.window === "overdue" ? t("window.overdue") : t("window.days", { count: Number(bucket.window) })}
            </span>
            <span className="muted num small">{t("count", { count: bucket.count })}</span>
          </span>
          <strong className="num bucket-amount">{format.money(bucket.amount)}</strong>
          <span className="muted small">
            {t("bucket", { forecast: format.money(bucket.forecast_amount), open: openCount(bucket) })}
          </span>
        </button>
      ))}
    </div>
  );
}
