import { Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { type Draft, MEDIA, type Medium, PURPOSES } from "./messages.logic";

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
  isNew: boolean;
  readOnly: boolean;
}

/** What a template says and where it may go. */
export function TemplateFields({ draft, onChange, isNew, readOnly }: Props) {
  const { t } = useTranslation("messages");
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const toggle = (medium: Medium, on: boolean) => {
    const media = MEDIA.filter((each) => (each === medium ? on : draft.media.includes(each)));
    set({ media, open_pixel: draft.open_pixel && media.includes("email") });
  };
  return (
    <>
      {isNew && (
        <Field label={t("field.code")} hint={t("field.codeHint")}>
          {(control) => (
            <Input {...control} value={draft.code} maxLength={60} onChange={(e) => set({ code: e.target.value })} />
          )}
        </Field>
      )}
      <Field label={t("field.name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={80}
            disabled={readOnly}
            onChange={(e) => set({ name: e.target.value })}
          />
        )}
      </Field>
      <Field label={t("field.purpose")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={draft.purpose}
            disabled={readOnly}
            options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))}
            onChange={(value) =>
              set(value === "marketing" ? { purpose: value } : { purpose: "service", open_pixel: false })
            }
          />
        )}
      </Field>
      <fieldset className="field" disabled={readOnly}>
        <legend>{t("field.media")}</legend>
        <div className="media-boxes">
          {MEDIA.map((medium) => (
            <Checkbox
              key={medium}
              checked={draft.media.includes(medium)}
              onChange={(e) => toggle(medium, e.target.checked)}
            >
              {t(`medium.${medium}`)}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      {draft.media.includes("email") && (
        <Field label={t("field.subject")}>
          {(control) => (
            <Input
              {...control}
              value={draft.subject}
              maxLength={200}
              disabled={readOnly}
              onChange={(e) => set({ subject: e.target.value })}
            />
          )}
        </Field>
      )}
      {draft.media.includes("email") && draft.purpose === "marketing" && (
        <Checkbox
          checked={draft.open_pixel}
          disabled={readOnly}
          onChange={(e) => set({ open_pixel: e.target.checked })}
        >
          {t("field.openPixel")} <span className="muted small">{t("field.openPixelHint")}</span>
        </Checkbox>
      )}
      <Field label={t("field.body")} hint={t("field.bodyHint", { open: "{{", close: "}}" })}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={draft.body}
            rows={6}
            maxLength={4000}
            disabled={readOnly}
            onChange={(e) => set({ body: e.target.value })}
          />
        )}
      </Field>
      {draft.media.includes("sms") && (
        <Field label={t("field.sms")} hint={t("field.smsHint")}>
          {(control) => (
            <Input
              {...control}
              value={draft.sms_template}
              maxLength={60}
              disabled={readOnly}
              onChange={(e) => set({ sms_template: e.target.value })}
            />
          )}
        </Field>
      )}
      {!readOnly && (
        <Field label={t("field.note")}>
          {(control) => (
            <Input {...control} value={draft.note} maxLength={200} onChange={(e) => set({ note: e.target.value })} />
          )}
        </Field>
      )}
    </>
  );
}
