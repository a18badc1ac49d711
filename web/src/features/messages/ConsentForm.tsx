import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";

const SOURCES = ["form", "contract", "phone", "meeting", "other"] as const;

export interface ConsentFormProps {
  title: string;
  saving: boolean;
  error: unknown;
  onClose: () => void;
  onSave: (source: string, wording: string) => void;
}

/** A consent needs its evidence: where it was given, and to which wording. */
export function ConsentForm({ title, saving, error, onClose, onSave }: ConsentFormProps) {
  const { t } = useTranslation("messages");
  const [source, setSource] = useState<string>("form");
  const [wording, setWording] = useState("");
  return (
    <Sheet
      open
      title={title}
      saving={saving}
      disabled={!wording.trim()}
      onClose={onClose}
      onSave={() => onSave(source, wording.trim())}
    >
      <Field label={t("consent.source")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={source}
            options={SOURCES.map((value) => ({ value, label: t(`consent.sources.${value}`) }))}
            onChange={setSource}
          />
        )}
      </Field>
      <Field label={t("consent.wording")} hint={t("consent.wordingHint")}>
        {(control) => (
          <Input {...control} value={wording} maxLength={40} onChange={(event) => setWording(event.target.value)} />
        )}
      </Field>
      <FormError error={error} />
    </Sheet>
  );
}
