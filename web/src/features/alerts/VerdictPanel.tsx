import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { Choices } from "@/shared/list/Choices";
import { dateAfter } from "@/shared/list/moments";
import { Field } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug, useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { offerUndo } from "@/shared/ui/UndoToast";
import {
  asksMore,
  FALSE_REASONS,
  falseAlarm,
  isFalseReason,
  KNOWN_DAYS,
  knownReason,
  plainVerdict,
  VERDICTS,
  type Verdict,
} from "./verdict.logic";

type Alert = Schemas["AlertOut"];

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
      give.mutate(
        { params: { path }, body },
        { onSuccess: () => offerUndo(t("verdict.given", { verdict: t(`verdict.${body.verdict}`) }), undo) },
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
      {asked === "known" && <KnownForm alert={alert} busy={busy} onGive={give} />}
      {!asked && <p className="muted small">{t("verdict.hint")}</p>}
    </div>
  );
}

function KnownForm({
  alert,
  busy,
  onGive,
}: {
  alert: Alert;
  busy: boolean;
  onGive: (body: Schemas["VerdictIn"]) => void;
}) {
  const { t } = useTranslation("alerts");
  const { now, time_zone: zone } = useWorkspace();
  const raising = alert.reasons.filter(({ points, signal }) => points > 0 && signal !== "clip");
  const [signal, setSignal] = useState(raising[0]?.signal ?? "");
  const [until, setUntil] = useState(() => dateAfter(now, zone, KNOWN_DAYS));
  const [note, setNote] = useState("");
  return (
    <form
      className="verdict-known"
      onSubmit={(event) => {
        event.preventDefault();
        onGive(knownReason(signal, until, note, now, zone));
      }}
    >
      <fieldset className="choices">
        <legend>{t("verdict.whichKnown")}</legend>
        {raising.map((reason) => (
          <label key={reason.signal} className="known-reason">
            <input
              type="radio"
              name="known"
              checked={reason.signal === signal}
              onChange={() => setSignal(reason.signal)}
            />
            <span>{reason.text}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t("verdict.until")} hint={t("verdict.untilHint")}>
        {(id) => (
          <Input
            id={id}
            type="date"
            required
            min={dateAfter(now, zone, 1)}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("verdict.note")}>
        {(id) => <Input id={id} value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <Button type="primary" htmlType="submit" loading={busy} disabled={!until || !signal}>
        {t("verdict.saveKnown")}
      </Button>
    </form>
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
