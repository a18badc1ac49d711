import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OwnerSelect } from "@/shared/list/OwnerSelect";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import type { ReassignSheetProps } from "./ReassignSheet";

/** Asks for the person who takes over. */
export function ReassignForm({ title, open, saving, onClose, onSave }: ReassignSheetProps) {
  const { t } = useTranslation("tasks");
  const [owner, setOwner] = useState<number>();
  return (
    <Sheet
      open={open}
      title={title}
      onClose={onClose}
      onSave={() => owner !== undefined && onSave(owner)}
      saving={saving}
      disabled={owner === undefined}
    >
      <Field label={t("reassign.to")}>
        {(control) => <OwnerSelect id={control.id} value={owner} onChange={setOwner} />}
      </Field>
    </Sheet>
  );
}
