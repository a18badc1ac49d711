import { Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { daysUntil, startOfDay } from "@/shared/lib/dates";
import { Choices } from "@/shared/list/Choices";
import { dateAfter } from "@/shared/list/moments";
import { Sheet } from "@/shared/list/Sheet";
import { useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useJob } from "@/shared/session/useJob";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import type { OverrideSheetProps } from "./OverrideSheet";
import { bodyOf, isReady, type OverrideDraft, scoreAfter } from "./override.logic";

const USUAL_DAYS = 30;

/** 人工调整: how, why and until when. It shows in the reasons and ends by itself. */
export function OverrideForm({ customerId, score, open, onClose }: OverrideSheetProps) {
  const { t } = useTranslation("customer360");
  const { slug, now, time_zone: zone } = useWorkspace();
  const format = useFormat();
  const refresh = useRefreshAll();
  const first: OverrideDraft = { how: "added", value: null, reason: "", until: dateAfter(now, zone, USUAL_DAYS) };
  const [draft, setDraft] = useState(first);
  const [job, setJob] = useState<number | null>(null);
  const running = useJob(job, ({ status }) => {
    if (status !== "done") return;
    setJob(null);
    notifyDone(t("override.done"));
    refresh();
    onClose();
  });
  const save = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/score-overrides", {
    meta: { quiet: true },
    onSuccess: ({ id }) => setJob(id),
  });
  const change = (part: Partial<OverrideDraft>) => setDraft({ ...draft, ...part });
  const after = scoreAfter(draft, score);
  const endOf = (day: string) => startOfDay(now, zone, daysUntil(day, now, zone) + 1);
  return (
    <Sheet
      open={open}
      title={t("override.title")}
      onClose={onClose}
      onSave={() => save.mutate({ params: { path: { slug, customer_id: customerId } }, body: bodyOf(draft, endOf) })}
      saving={save.isPending || running?.status === "queued" || running?.status === "running"}
      disabled={!isReady(draft)}
    >
      <Choices
        label={t("override.how")}
        items={[
          { key: "added", label: t("override.added") },
          { key: "fixed", label: t("override.fixed") },
        ]}
        value={draft.how}
        onChange={(how) => change({ how })}
      />
      <Field
        label={t(draft.how === "fixed" ? "override.score" : "override.points")}
        hint={after === null ? undefined : t("override.after", { score: format.score(after) })}
      >
        {(control) => (
          <InputNumber
            {...control}
            min={draft.how === "fixed" ? 0 : -100}
            max={100}
            value={draft.value}
            onChange={(value) => change({ value })}
          />
        )}
      </Field>
      <Field label={t("override.reason")} hint={t("override.reasonHint")}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={draft.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("override.until")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={draft.until}
            onChange={(event) => change({ until: event.target.value })}
          />
        )}
      </Field>
      <FormError error={save.error ?? (running?.status === "failed" ? running.error : null)} />
    </Sheet>
  );
}
