import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateAfter } from "@/shared/list/moments";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import type { KnownFormProps } from "./VerdictPanel";
import { KNOWN_DAYS, knownReason } from "./verdict.logic";

/** Which reason is known, and until when. */
export function KnownForm({ alert, busy, onGive }: KnownFormProps) {
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
        {(control) => (
          <Input
            {...control}
            type="date"
            required
            min={dateAfter(now, zone, 1)}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("verdict.note")}>
        {(control) => (
          <Input {...control} value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <Button type="primary" htmlType="submit" loading={busy} disabled={!until || !signal}>
        {t("verdict.saveKnown")}
      </Button>
    </form>
  );
}
