import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { Choices } from "@/shared/list/Choices";
import { dateAfter } from "@/shared/list/moments";
import { Field, Sheet } from "@/shared/list/Sheet";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useWorkspace } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";
import { asksCause, bodyOf, causesFor, isReady, KINDS, type OutcomeDraft, withKind } from "./outcome.logic";

/** 登记结果: what became of the customer. It closes the alerts, and it can be taken back. */
export function OutcomeSheet({
  customerId,
  open,
  onClose,
}: {
  customerId: number;
  open: boolean;
  onClose: () => void;
}) {
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
        {(id) => (
          <Input
            id={id}
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
            {(id) => (
              <Select
                id={id}
                aria-label={t("outcome.cause")}
                placeholder={t("outcome.causeHint")}
                value={draft.cause || undefined}
                options={causesFor(draft.kind).map((cause) => ({ value: cause, label: t(`outcome.causes.${cause}`) }))}
                onChange={(cause: string) => change({ cause })}
                style={{ width: "100%" }}
              />
            )}
          </Field>
          <Field label={t("outcome.competitor")}>
            {(id) => (
              <Input
                id={id}
                value={draft.competitor}
                maxLength={100}
                onChange={(event) => change({ competitor: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
      <Field label={t("outcome.note")}>
        {(id) => (
          <Input.TextArea
            id={id}
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
