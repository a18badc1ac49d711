import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Choices } from "@/shared/list/Choices";
import { dateAfter } from "@/shared/list/moments";
import { Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { OutcomeSheetProps } from "./OutcomeSheet";
import { asksCause, bodyOf, causesFor, isReady, KINDS, type OutcomeDraft, withKind } from "./outcome.logic";

/** 登记结果: what became of the customer. It closes the alerts, and it can be taken back. */
export function OutcomeForm({ customerId, open, onClose, onLost }: OutcomeSheetProps) {
  const { t } = useTranslation("customer360");
  const { slug, now, time_zone: zone } = useWorkspace();
  const refresh = useRefreshWork();
  const today = dateAfter(now, zone, 0);
  const empty: OutcomeDraft = { kind: null, day: today, cause: "", competitor: "", note: "" };
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<OutcomeDraft>) => setDraft({ ...draft, ...part });
  const options = { onSettled: refresh };
  const revert = api.useMutation("post", "/api/v1/w/{slug}/outcomes/{outcome_id}/revert", options);
  const register = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/outcomes", options);
  const save = () =>
    register.mutate(
      { params: { path: { slug, customer_id: customerId } }, body: bodyOf(draft) },
      {
        onSuccess: ({ id, kind }) => {
          setDraft(empty);
          onClose();
          if (kind === "churned") onLost?.();
          offerUndo(t("outcome.done", { kind: t(`outcome.kind.${kind}`) }), () =>
            revert.mutate({ params: { path: { slug, outcome_id: id } } }),
          );
        },
      },
    );
  return (
    <Sheet
      open={open}
      title={t("outcome.title")}
      onClose={onClose}
      onSave={save}
      saveLabel={t("outcome.save")}
      saving={register.isPending}
      disabled={!isReady(draft)}
    >
      <Choices
        label={t("outcome.what")}
        items={KINDS.map((key) => ({ key, label: t(`outcome.kind.${key}`) }))}
        value={draft.kind}
        onChange={(kind) => setDraft(withKind(draft, kind))}
      />
      <Field label={t("outcome.day")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            max={today}
            value={draft.day}
            onChange={(event) => change({ day: event.target.value })}
          />
        )}
      </Field>
      {asksCause(draft.kind) && (
        <>
          <Field label={t("outcome.cause")}>
            {(control) => (
              <NativeSelect
                id={control.id}
                className="wide"
                value={draft.cause}
                options={[
                  { value: "", label: t("outcome.causeHint") },
                  ...causesFor(draft.kind).map((cause) => ({ value: cause, label: t(`outcome.causes.${cause}`) })),
                ]}
                onChange={(cause) => change({ cause })}
              />
            )}
          </Field>
          <Field label={t("outcome.competitor")}>
            {(control) => (
              <Input
                {...control}
                value={draft.competitor}
                maxLength={100}
                onChange={(event) => change({ competitor: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
      <Field label={t("outcome.note")}>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2 }}
            maxLength={2000}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
    </Sheet>
  );
}
