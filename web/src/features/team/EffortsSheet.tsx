import { InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { offerUndo } from "@/shared/ui/UndoToast";
import { effortsOf, OPEN_LEVELS } from "./team.logic";
import { useEfforts } from "./useCapacity";

const CUSTOMER = { min: 5, max: 480 };
const DAY = { min: 0, max: 720 };

/** What a customer of a level takes here, and what people have a day. */
export function EffortsSheet({ efforts, onClose }: { efforts: Schemas["EffortsOut"]; onClose: () => void }) {
  const { t } = useTranslation(["team", "common"]);
  const before = effortsOf(efforts);
  const [draft, setDraft] = useState(before);
  const { save, saving, error } = useEfforts();
  const send = () =>
    save(draft, () => {
      onClose();
      offerUndo(t("team:day.effortsSaved"), () => save(before));
    });
  const number = (label: string, limits: { min: number; max: number }, value: number, set: (value: number) => void) => (
    <Field key={label} label={label}>
      {(control) => (
        <InputNumber
          {...control}
          {...limits}
          step={5}
          precision={0}
          value={value}
          onChange={(next) => next !== null && set(next)}
        />
      )}
    </Field>
  );
  return (
    <Sheet open title={t("team:day.editEfforts")} onClose={onClose} onSave={send} saving={saving}>
      {OPEN_LEVELS.map((level) =>
        number(
          t("team:day.minutesOf", { level: t(`common:level.${level}`) }),
          CUSTOMER,
          draft.minutes[level] ?? CUSTOMER.min,
          (value) => setDraft({ ...draft, minutes: { ...draft.minutes, [level]: value } }),
        ),
      )}
      {number(t("team:day.perDay"), DAY, draft.per_day, (value) => setDraft({ ...draft, per_day: value }))}
      <FormError error={error} />
    </Sheet>
  );
}
