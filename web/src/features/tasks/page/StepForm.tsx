import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { OwnerSelect } from "@/shared/list/OwnerSelect";
import { Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { StepSheetProps } from "./StepSheet";
import { bodyOf, draftOf, isReady, REMIND_HOURS, type StepDraft } from "./steps.logic";

/** What, who, by when, to what effect, and when to be reminded. */
export function StepForm({ target, itemId, onClose }: StepSheetProps) {
  const { t } = useTranslation("work");
  const { slug, now, time_zone: zone } = useWorkspace();
  const can = useCan();
  const [draft, setDraft] = useState<StepDraft>(() => draftOf(target ?? { step: null }, now, zone));
  const refresh = useRefreshWork();
  const options = {
    onSuccess: () => {
      onClose();
      return refresh();
    },
  };
  const add = api.useMutation("post", "/api/v1/w/{slug}/work-items/{item_id}/steps", options);
  const update = api.useMutation("put", "/api/v1/w/{slug}/steps/{step_id}", options);
  const step = target?.step ?? null;
  const body = bodyOf(draft, step, now, zone);
  const save = () =>
    step
      ? update.mutate({ params: { path: { slug, step_id: step.id } }, body })
      : add.mutate({ params: { path: { slug, item_id: itemId } }, body });
  const set = (part: Partial<StepDraft>) => setDraft({ ...draft, ...part });
  return (
    <Sheet
      open
      title={step ? t("step.change") : t("plan.addStep")}
      onClose={onClose}
      onSave={save}
      saving={add.isPending || update.isPending}
      disabled={!isReady(draft)}
    >
      <Field label={t("step.what")}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={draft.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("step.due")}>
        {(control) => (
          <Input {...control} type="date" value={draft.due} onChange={(event) => set({ due: event.target.value })} />
        )}
      </Field>
      <Field label={t("step.remind")}>
        {(control) => (
          <NativeSelect
            id={control.id}
            className="wide"
            value={draft.remind}
            onChange={(remind) => set({ remind })}
            options={remindOptions(draft.remind).map((hours) => ({
              value: String(hours),
              label:
                hours < 0
                  ? t("step.remindNever")
                  : hours === 0
                    ? t("step.remindThen")
                    : t("step.remindHours", { count: hours }),
            }))}
          />
        )}
      </Field>
      {can("assign") && (
        <Field label={t("step.owner")} hint={t("step.ownerHint")}>
          {(control) => <OwnerSelect id={control.id} value={draft.owner} onChange={(owner) => set({ owner })} />}
        </Field>
      )}
      <Field label={t("step.effectText")}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={draft.effect}
            onChange={(event) => set({ effect: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("step.effectAmount")}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            value={draft.amount}
            onChange={(event) => set({ amount: event.target.value })}
          />
        )}
      </Field>
    </Sheet>
  );
}

/** The usual choices and the one that stands. */
function remindOptions(chosen: string): number[] {
  const hours = Number(chosen);
  const usual: readonly number[] = REMIND_HOURS;
  return usual.includes(hours) ? [...usual] : [...usual, hours].sort((a, b) => a - b);
}
