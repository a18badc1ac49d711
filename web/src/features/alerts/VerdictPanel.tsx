import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { Choices } from "@/shared/list/Choices";
import { onDemand } from "@/shared/list/onDemand";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { offerUndo } from "@/shared/ui/UndoToast";
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

function useVerdict(alert: Alert) {
  const { t } = useTranslation("alerts");
  const path = { slug: useSlug(), alert_id: alert.id };
  const refresh = useRefreshWork();
  const options = { onSettled: refresh };
  const give = api.useMutation("post", "/api/v1/w/{slug}/alerts/{alert_id}/verdict", options);
  const takeBack = api.useMutation("delete", "/api/v1/w/{slug}/alerts/{alert_id}/verdict", options);
  const undo = () => takeBack.mutate({ params: { path } });
  return {
    busy: give.isPending || takeBack.isPending,
    undo,
    give: (body: Schemas["VerdictIn"]) =>
      whenDone(give.mutateAsync({ params: { path }, body }), () =>
        offerUndo(t("verdict.given", { verdict: t(`verdict.${body.verdict}`) }), undo),
      ),
  };
}

/** Was the alert right? One tap; 误报 and 已知 ask once more. */
export function VerdictPanel({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const can = useCan();
  const [asked, setAsked] = useState<Verdict | null>(null);
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
