import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { SampleMark } from "@/shared/ui/SampleMark";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Preview } from "./metrics.logic";
import { useValueText } from "./useValueText";

const QUANTILES = ["lowest", "p10", "p25", "median", "p75", "p90", "highest"] as const;

function Distribution({ preview }: { preview: Preview }) {
  const { t } = useTranslation("metrics");
  const { customers } = useFormat();
  const text = useValueText(preview.unit);
  const most = Math.max(1, ...preview.bins.map(({ count }) => count));
  return (
    <ul className="metric-bars" aria-label={t("preview.spread")}>
      {preview.bins.map(({ low, high, count }) => {
        const told = t("preview.bin", { low: text(low), high: text(high), customers: customers(count) });
        return (
          <li key={low} aria-label={told} title={told}>
            <div style={{ height: `${(count / most) * 100}%`, minHeight: count ? 2 : 0 }} />
          </li>
        );
      })}
    </ul>
  );
}

function Quantiles({ preview }: { preview: Preview }) {
  const { t } = useTranslation("metrics");
  const text = useValueText(preview.unit);
  return (
    <dl className="quantiles">
      {QUANTILES.map((name) => (
        <div key={name}>
          <dt>{t(`preview.${name}`)}</dt>
          <dd className="num">{text(preview[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sample({ preview }: { preview: Preview }) {
  const { t } = useTranslation("metrics");
  const to = useTo();
  const text = useValueText(preview.unit);
  return (
    <div>
      <h3 className="small muted">{t("preview.sample")}</h3>
      <ul>
        {preview.sample.map(({ customer, value }) => (
          <li key={customer.id} className="row metric-customer">
            <Link className="grow ellipsis" to={to(`/customers/${customer.id}`)}>
              {customer.name}
            </Link>
            {customer.name_is_sample && <SampleMark />}
            <span className="num">{text(value)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Found({ preview }: { preview: Preview }) {
  const { t } = useTranslation("metrics");
  const { customers, percent } = useFormat();
  const share = preview.customers ? preview.missing / preview.customers : 0;
  return (
    <>
      <p>
        {t("preview.customers", { customers: customers(preview.customers) })}
        {preview.missing > 0 && (
          <span className="muted" title={t("preview.missingHint")}>
            {" · "}
            {t("preview.missing", { share: percent(share) })}
          </span>
        )}
      </p>
      {preview.sample.length ? (
        <>
          <Distribution preview={preview} />
          <Quantiles preview={preview} />
          <Sample preview={preview} />
        </>
      ) : (
        <EmptyState title={t("preview.nobody")} text={t("preview.nobodyText")} />
      )}
      {preview.sql && (
        <details className="metric-sql">
          <summary>{t("preview.sql")}</summary>
          <pre>{preview.sql}</pre>
        </details>
      )}
    </>
  );
}

/** What the metric gives on real customers: distribution, quantiles, some customers by name, and the SQL behind it. */
export function MetricPreview({
  preview,
  busy,
  error,
}: {
  preview: Preview | undefined;
  busy: boolean;
  error?: unknown;
}) {
  const { t } = useTranslation("metrics");
  const state = busy ? "busy" : preview?.is_sample ? "sampled" : "live";
  return (
    <Panel title={t("preview.title")} extra={<span className="muted small">{t(`preview.${state}`)}</span>}>
      <div className="stack" aria-live="polite" aria-busy={busy}>
        <FormError error={error} />
        {preview && !error && <p className="metric-sentence">{preview.sentence}</p>}
        {!preview && !error && <SkeletonRows rows={6} />}
        {preview && !error && <Found preview={preview} />}
      </div>
    </Panel>
  );
}
