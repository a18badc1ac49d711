import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OwnerSelect } from "@/shared/list/OwnerSelect";
import { Field, Sheet } from "@/shared/list/Sheet";

/** Asks for the person who takes over. */
export function ReassignSheet({
  title,
  open,
  saving,
  onClose,
  onSave,
}: {
  title: string;
  open: boolean;
  saving: boolean;
  onClose: () => void;
  onSave: (owner: number) => void;
}) {
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
        {(id) => <OwnerSelect id={id} label={t("reassign.to")} value={owner} onChange={setOwner} />}
      </Field>
    </Sheet>
  );
}
