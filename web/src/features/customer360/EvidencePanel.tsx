import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { usePhone } from "@/shared/lib/useMedia";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ReadingChips, ReadText } from "@/shared/text/ReadText";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SampleMark } from "@/shared/ui/SampleMark";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { OrderLines, orderIdOf } from "./OrderLines";
import { SourceStamps } from "./SourceStamps";
import { amountBeside } from "./timeline.logic";
import "./reasons.css";
import type { EvidenceDrawerProps } from "./EvidenceDrawer";

type Evidence = Schemas["EvidenceOut"];

/** The raw rows behind a reason. `signal` empty = closed. */
export function EvidencePanel({ customerId, signal, onClose }: EvidenceDrawerProps) {
  const { t } = useTranslation("customer360");
  const phone = usePhone();
  return (
    <Drawer
      open={signal !== ""}
      onClose={onClose}
      title={t("evidence.title")}
      size={phone ? "100%" : 520}
      destroyOnHidden
    >
      {signal && <EvidenceBody customerId={customerId} signal={signal} />}
    </Drawer>
  );
}

function EvidenceBody({ customerId, signal }: { customerId: number; signal: string }) {
  const path = { slug: useSlug(), customer_id: customerId, signal };
  const evidence = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/evidence/{signal}", {
    params: { path },
  });
  if (evidence.isError) return <ErrorState error={evidence.error} retry={() => void evidence.refetch()} />;
  if (!evidence.data) return <SkeletonRows />;
  return <EvidenceContent evidence={evidence.data} customerId={customerId} />;
}

function EvidenceContent({ evidence, customerId }: { evidence: Evidence; customerId: number }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  const { reason, explanation, start, end, rows, total, sources, weekly } = evidence;
  return (
    <div className="evidence">
      <div>
        <h3>{reason.text}</h3>
        <p className="muted">{explanation}</p>
        <p className="muted small">
          {start
            ? t("evidence.window", { start: format.day(start), end: format.day(end) })
            : t("evidence.until", { end: format.day(end) })}
        </p>
      </div>
      {weekly.length > 1 && <WeeklyBars values={weekly} />}
      <section aria-label={t("evidence.rows", { count: total })}>
        <h3>{t("evidence.rows", { count: total })}</h3>
        {rows.length === 0 && <p className="muted">{t("evidence.noRows")}</p>}
        {rows.map((row) => (
          <EvidenceRow key={row.id} row={row} customerId={customerId} />
        ))}
        {rows.length < total && <p className="muted small">{t("evidence.firstOnly", { count: rows.length })}</p>}
      </section>
      <SourceStamps sources={sources} />
    </div>
  );
}

function WeeklyBars({ values }: { values: readonly number[] }) {
  const { t } = useTranslation("customer360");
  const highest = Math.max(...values, 1e-9);
  const recent = values.length - Math.min(4, values.length);
  return (
    <figure>
      <div className="weekly" role="img" aria-label={t("evidence.weekly", { count: values.length })}>
        {values.map((value, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed series of weeks
            key={index}
            className={index >= recent ? "recent" : ""}
            style={{ height: `${(Math.max(0, value) / highest) * 100}%` }}
          />
        ))}
      </div>
      <figcaption className="muted small">{t("evidence.weekly", { count: values.length })}</figcaption>
    </figure>
  );
}

function EvidenceRow({ row, customerId }: { row: Schemas["TimelineItem"]; customerId: number }) {
  const format = useFormat();
  const orderId = orderIdOf(row);
  const amount = amountBeside(row);
  return (
    <div className="evidence-row">
      <div className="spread">
        <span className="grow">
          {row.title} {row.is_sample && <SampleMark />}
        </span>
        {amount !== null && <strong className="num">{format.moneyExact(amount)}</strong>}
        <span className="muted small">{format.dayTime(row.at)}</span>
      </div>
      {row.text && (
        <p className="quote">
          <ReadText text={row.text} reading={row.reading} />
        </p>
      )}
      {row.reading && <ReadingChips reading={row.reading} />}
      {orderId && <OrderLines customerId={customerId} orderId={orderId} />}
    </div>
  );
}
