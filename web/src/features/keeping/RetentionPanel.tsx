import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { type Choice, choiceOf, isSame, type Kept, monthsFor } from "./keeping.logic";
import { RetentionPreview } from "./RetentionPreview";

interface RetentionPanelProps {
  retention: readonly Kept[];
  onChanged: () => void;
}

/** How long activities are kept, by group: chosen, previewed, confirmed. */
export function RetentionPanel({ retention, onChanged }: RetentionPanelProps) {
  const { t } = useTranslation("keeping");
  const path = { slug: useSlug() };
  const stored = choiceOf(retention);
  const [choice, setChoice] = useState<Choice>(stored);
  const preview = api.useMutation("post", "/api/v1/w/{slug}/keeping/retention/preview");
  const save = api.useMutation("put", "/api/v1/w/{slug}/keeping/retention", {
    onSuccess: () => {
      notifyDone(t("retention.saved"));
      preview.reset();
      onChanged();
    },
  });
  const change = (group: Kept["group"], months: number | null) => {
    setChoice({ ...choice, [group]: months });
    preview.reset();
    save.reset();
  };
  return (
    <Panel title={t("retention.title")}>
      <div className="stack">
        <p className="muted">{t("retention.text")}</p>
        {retention.map((kept) => (
          <GroupField key={kept.group} kept={kept} months={choice[kept.group]} onChange={change} />
        ))}
        {!preview.data && (
          <div>
            <Button
              disabled={isSame(choice, stored)}
              loading={preview.isPending}
              onClick={() => preview.mutate({ params: { path }, body: choice })}
            >
              {t("retention.preview")}
            </Button>
          </div>
        )}
        {preview.isError && <FormError error={preview.error} />}
        {preview.data && (
          <RetentionPreview
            preview={preview.data}
            saving={save.isPending}
            onConfirm={() => save.mutate({ params: { path }, body: { ...choice, rows: preview.data.rows } })}
            onBack={() => {
              setChoice(stored);
              preview.reset();
            }}
          />
        )}
        {save.isError && <FormError error={save.error} />}
      </div>
    </Panel>
  );
}

interface GroupFieldProps {
  kept: Kept;
  months: number | null;
  onChange: (group: Kept["group"], months: number | null) => void;
}

function GroupField({ kept, months, onChange }: GroupFieldProps) {
  const { t } = useTranslation("keeping");
  const { count, day } = useFormat();
  const options = [
    { value: "", label: t("retention.ever") },
    ...monthsFor(kept).map((number) => ({ value: String(number), label: t("retention.months", { count: number }) })),
  ];
  const hint = kept.oldest
    ? t("retention.now", { rows: count(kept.rows), day: day(kept.oldest) })
    : t("retention.nothing");
  return (
    <Field label={t(`retention.group.${kept.group}`)} hint={hint}>
      {({ id, "aria-describedby": described }) => (
        <NativeSelect
          id={id}
          aria-describedby={described}
          value={months === null ? "" : String(months)}
          options={options}
          onChange={(value) => onChange(kept.group, value === "" ? null : Number(value))}
        />
      )}
    </Field>
  );
}
