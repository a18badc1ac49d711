import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choices } from "@/shared/list/Choices";
import { dateAfter } from "@/shared/list/moments";
import { requestKey } from "@/shared/list/requestKey";
import { Sheet } from "@/shared/list/Sheet";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import type { FollowUpSheetProps } from "./FollowUpSheet";
import {
  bodyOf,
  CALL_RESULTS,
  EMPTY_DRAFT,
  type FollowUpDraft,
  isReady,
  NEXT_DAYS,
  withResult,
} from "./followUp.logic";
import { useFollowUp } from "./useFollowUp";

/** 跟进: result, note, next date. Two taps: the result and the button. `target` null = closed. */
export function FollowUpForm({ target, onClose }: FollowUpSheetProps) {
  const { t } = useTranslation(["tasks", "common"]);
  const { now, time_zone: zone } = useWorkspace();
  const [draft, setDraft] = useState<FollowUpDraft>(EMPTY_DRAFT);
  const [key, setKey] = useState(requestKey);
  const close = () => {
    setDraft(EMPTY_DRAFT);
    setKey(requestKey());
    onClose();
  };
  const record = useFollowUp(close);
  const change = (part: Partial<FollowUpDraft>) => setDraft({ ...draft, ...part });
  const results = CALL_RESULTS.map((result) => ({ key: result, label: t(`result.${result}`) }));
  return (
    <Sheet
      open={target !== null}
      title={target ? t("followUp.title", { name: target.customerName }) : ""}
      onClose={close}
      onSave={() => target && record.mutate({ target, body: bodyOf(draft, key, now, zone) })}
      saveLabel={t("followUp.save")}
      saving={record.isPending}
      disabled={!isReady(draft)}
    >
      <Choices
        label={t("followUp.result")}
        items={results}
        value={draft.result === "note" ? null : draft.result}
        onChange={(result) => setDraft(withResult(draft, result, now, zone))}
      />
      <Field label={t("followUp.note")}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2000}
            placeholder={t("followUp.noteHint")}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
      <NextDate value={draft.next} onChange={(next) => change({ next })} />
      {draft.result !== "missed" && draft.result !== "rescheduled" && (
        <Checkbox checked={draft.done} onChange={(event) => change({ done: event.target.checked })}>
          {t("followUp.done")}
        </Checkbox>
      )}
    </Sheet>
  );
}

function NextDate({ value, onChange }: { value: string; onChange: (date: string) => void }) {
  const { t } = useTranslation("tasks");
  const { now, time_zone: zone } = useWorkspace();
  return (
    <Field label={t("followUp.next")}>
      {(control) => (
        <div className="row wrap">
          {NEXT_DAYS.map((days) => {
            const date = dateAfter(now, zone, days);
            return (
              <button
                key={days}
                type="button"
                className="chip"
                aria-pressed={date === value}
                onClick={() => onChange(date === value ? "" : date)}
              >
                {t(`next.${days}`)}
              </button>
            );
          })}
          <Input
            {...control}
            type="date"
            min={dateAfter(now, zone, 1)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            style={{ width: 150 }}
          />
        </div>
      )}
    </Field>
  );
}
