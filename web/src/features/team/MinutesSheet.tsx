import { Button, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { DayRow } from "./team.logic";
import { useMinutes } from "./useCapacity";

const LONGEST = 720;

export interface MinutesSheetProps {
  row: DayRow;
  usual: number;
  onClose: () => void;
}

/** How many minutes a person has on a working day for what the list asks. */
export function MinutesSheet({ row, usual, onClose }: MinutesSheetProps) {
  const { t } = useTranslation("team");
  const [minutes, setMinutes] = useState<number | null>(row.minutes);
  const { save, saving, error } = useMinutes(row.person.id);
  const before = row.own_minutes ? row.minutes : null;
  const send = (next: number | null) =>
    save(next, () => {
      onClose();
      offerUndo(t("day.minutesSaved", { name: row.person.name }), () => save(before));
    });
  return (
    <Sheet
      open
      title={t("day.editMinutesOf", { name: row.person.name })}
      onClose={onClose}
      onSave={() => send(minutes)}
      saving={saving}
      disabled={minutes === null}
    >
      <Field label={t("day.minutes")} hint={t("day.minutesHint", { minutes: usual })}>
        {(control) => (
          <InputNumber
            {...control}
            min={0}
            max={LONGEST}
            step={5}
            precision={0}
            value={minutes}
            onChange={setMinutes}
          />
        )}
      </Field>
      {row.own_minutes && (
        <Button type="link" onClick={() => send(null)} disabled={saving}>
          {t("day.useDefault")}
        </Button>
      )}
      <FormError error={error} />
    </Sheet>
  );
}
