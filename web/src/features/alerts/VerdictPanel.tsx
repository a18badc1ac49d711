import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Choices } from "@/shared/list/Choices";
import { onDemand } from "@/shared/list/onDemand";
import { useCan } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useVerdict } from "./useVerdict";
import {
  asksMore,
  FALSE_REASONS,
  falseAlarm,
  isFalseReason,
  plainVerdict,
  VERDICTS,
  type Verdict,
} from "./verdict.logic";

type Alert = Schemas["AlertOut"];

export interface KnownFormProps {
  open: boolean;
  alert: Alert;
  busy: boolean;
  onGive: (body: Schemas["VerdictIn"]) => void;
}

const KnownForm = onDemand<KnownFormProps>(
  ({ open }) => open,
  async () => (await import("./KnownForm")).KnownForm,
);

export interface VerdictPanelProps {
  alert: Alert;
  /** Whose form is open from the beginning, as a card's link asks. */
  form?: Verdict | null;
  onForm?: () => void;
}

/** Was the alert right? One tap; 误报 and 已知 ask once more. */
export function VerdictPanel({ alert, form = null, onForm }: VerdictPanelProps) {
  const { t } = useTranslation("alerts");
  const can = useCan();
  const [asked, setAsked] = useState<Verdict | null>(form);
  useEffect(() => {
    if (form) onForm?.();
  }, [form, onForm]);
  const { give, undo, busy } = useVerdict(alert);
  if (alert.verdict_detail)
    return <GivenVerdict verdict={alert.verdict_detail} onUndo={can("handle") ? undo : undefined} />;
  if (!can("handle")) return <p className="muted">{t("verdict.none")}</p>;
  const choose = (verdict: Verdict) => {
    setAsked(asksMore(verdict) ? verdict : null);
    if (!asksMore(verdict)) give(plainVerdict(verdict));
  };
  return (
    <div className="verdict">
      <Choices
        hideLabel
        label={t("verdict.title")}
        items={VERDICTS.map((key) => ({ key, label: t(`verdict.${key}`) }))}
        value={asked}
        onChange={choose}
        disabled={busy}
      />
      {asked === "false_alarm" && (
        <Choices
          label={t("verdict.whyFalse")}
          items={FALSE_REASONS.map((key) => ({ key, label: t(`verdict.reason.${key}`) }))}
          value={null}
          onChange={(reason) => give(falseAlarm(reason))}
          disabled={busy}
        />
      )}
      <KnownForm open={asked === "known"} alert={alert} busy={busy} onGive={give} />
      {!asked && <p className="muted small">{t("verdict.hint")}</p>}
    </div>
  );
}

function GivenVerdict({ verdict, onUndo }: { verdict: Schemas["VerdictOut"]; onUndo?: () => void }) {
  const { t } = useTranslation(["alerts", "common"]);
  const format = useFormat();
  return (
    <div className="spread">
      <div className="grow">
        <strong>{t(`verdict.${verdict.verdict}`)}</strong>
        {isFalseReason(verdict.reason) && ` · ${t(`verdict.reason.${verdict.reason}`)}`}
        {verdict.until && ` · ${t("verdict.knownUntil", { day: format.day(verdict.until) })}`}
        <div className="muted small">
          {verdict.by?.name} {format.dayTime(verdict.at)}
          {verdict.note && ` · ${verdict.note}`}
        </div>
      </div>
      {onUndo && <Button onClick={onUndo}>{t("common:action.undo")}</Button>}
    </div>
  );
}
