import { useTranslation } from "react-i18next";
import { HelpButton } from "@/features/help/HelpButton";
import type { Schemas } from "@/shared/api/client";
import { useBands } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Gauge } from "@/shared/ui/Gauge";
import { Panel } from "@/shared/ui/Panel";
import { ReasonList } from "./ReasonList";
import { SourceStamps } from "./SourceStamps";

type Customer = Schemas["CustomerOut"];

/** How dangerous, why, how sure, and what could not be known. */
export function RiskPanel({ customer, onEvidence }: { customer: Customer; onEvidence: (signal: string) => void }) {
  const { t } = useTranslation(["customer360", "common"]);
  const bands = useBands();
  const format = useFormat();
  const { score, delta_30d: delta } = customer;
  if (!score) {
    return (
      <Panel title={t("risk.title")}>
        <EmptyState title={t("risk.none")} text={t("risk.noneText")} />
      </Panel>
    );
  }
  const earlier = delta === null ? null : Math.min(100, Math.max(0, score.score - delta));
  return (
    <Panel
      title={t("risk.title")}
      extra={<span className="muted small">{t("risk.asOf", { day: format.day(score.as_of) })}</span>}
    >
      <Gauge score={score.score} bands={bands} />
      {earlier !== null && (
        <p className="row risk-before muted small">
          {t("risk.before", { score: format.score(earlier) })} <Delta value={delta} />
        </p>
      )}
      {score.override && <Adjusted override={score.override} />}
      <ReasonList base={score.base} reasons={score.reasons} score={score.score} onOpen={onEvidence} />
      <Confidence score={score} />
      <HelpButton topic="alert" words />
      <SourceStamps sources={customer.sources} />
    </Panel>
  );
}

/** 人工调整: who, why, until when. */
function Adjusted({ override }: { override: Schemas["OverrideOut"] }) {
  const { t } = useTranslation("customer360");
  const { day } = useFormat();
  const { fixed, value, reason, until, created_by } = override;
  return (
    <p className="form-note">
      <strong>
        {t(fixed ? "override.isFixed" : "override.isAdded", { value: fixed || value < 0 ? value : `+${value}` })}
      </strong>
      <br />
      <span className="small">
        {[reason, created_by?.name, t("override.endsOn", { day: day(until) })].filter(Boolean).join(" · ")}
      </span>
    </p>
  );
}

function Confidence({ score }: { score: Schemas["ScoreOut"] }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  const missing = score.not_computable;
  return (
    <div className="confidence">
      <div className="spread">
        <strong>{t("confidence.title")}</strong>
        <span className="num">{format.percent(score.confidence, 0)}</span>
      </div>
      <p className="muted small">{score.confidence_text}</p>
      {score.confidence_why.length > 0 && (
        <ul className="muted small">
          {score.confidence_why.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <details>
          <summary>{t("confidence.missing", { count: missing.length })}</summary>
          <ul className="muted small">
            {missing.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
