import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choices } from "@/shared/list/Choices";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import type { ProgressSheetProps } from "./ProgressSheet";
import { isReady, type Progress, patchOf, progressOf, type Renewal, STATUSES, type Status } from "./renewals.logic";
import { useRenewalChanges } from "./useRenewalChanges";

/** How a renewal stands: status, reason, next step, forecast. `status` opens with another status chosen. */
export function ProgressForm({ row, status, onClose }: ProgressSheetProps) {
  if (!row) return null;
  return <OpenSheet key={`${row.id}-${status}`} row={row} status={status} onClose={onClose} />;
}

function OpenSheet({ row, status, onClose }: { row: Renewal; status?: Status; onClose: () => void }) {
  const { t } = useTranslation("renewals");
  const { save, busy } = useRenewalChanges();
  const [progress, setProgress] = useState<Progress>(() => ({ ...progressOf(row), ...(status && { status }) }));
  const change = (part: Partial<Progress>) => setProgress({ ...progress, ...part });
  const declined = progress.status === "declined";
  return (
    <Sheet
      open
      title={t("progress.title", { name: row.customer.name })}
      onClose={onClose}
      onSave={() => save(row, patchOf(row, progress), onClose)}
      saving={busy}
      disabled={!isReady(progress)}
    >
      <Choices
        label={t("column.status")}
        items={STATUSES.map((key) => ({ key, label: t(`status.${key}`) }))}
        value={progress.status}
        onChange={(next) => change({ status: next })}
      />
      {declined && (
        <Field label={t("progress.reason")} hint={t("progress.reasonHint")}>
          {(control) => (
            <Input
              {...control}
              value={progress.reason}
              maxLength={200}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={t("progress.nextStep")}>
        {(control) => (
          <Input
            {...control}
            value={progress.nextStep}
            maxLength={200}
            onChange={(event) => change({ nextStep: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("progress.nextStepOn")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={progress.nextStepOn}
            onChange={(event) => change({ nextStepOn: event.target.value })}
          />
        )}
      </Field>
      {!declined && progress.status !== "renewed" && (
        <Field label={t("progress.forecast")} hint={t("progress.forecastHint")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              suffix="%"
              value={progress.forecast}
              placeholder={String(Math.round(row.forecast * 100))}
              onChange={(event) => change({ forecast: event.target.value.trim() })}
            />
          )}
        </Field>
      )}
    </Sheet>
  );
}
