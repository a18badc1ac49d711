import { Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Field, type FieldControl } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { KindField } from "./channel.logic";

interface ControlProps {
  field: KindField;
  control: FieldControl;
  value: string;
  set: (value: string) => void;
}

function Control({ field, control, value, set }: ControlProps) {
  if (field.kind === "flag")
    return <Switch id={control.id} checked={value === "true"} onChange={(on) => set(on ? "true" : "")} />;
  if (field.kind === "choice") {
    const { status: _, ...rest } = control;
    return <NativeSelect {...rest} value={value} options={field.choices} onChange={set} />;
  }
  if (field.kind === "secret")
    return (
      <Input.Password
        {...control}
        autoComplete="new-password"
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    );
  const type = field.kind === "number" ? "number" : field.kind === "url" ? "url" : "text";
  return (
    <Input
      {...control}
      type={type}
      placeholder={field.default}
      value={value}
      onChange={(event) => set(event.target.value)}
    />
  );
}

export interface ChannelFieldsProps {
  fields: readonly KindField[];
  values: Record<string, string>;
  stored: readonly string[];
  set: (name: string, value: string) => void;
}

/** The form of a kind of channel, made of what the kind says of its fields. */
export function ChannelFields({ fields, values, stored, set }: ChannelFieldsProps) {
  const { t } = useTranslation("settings");
  const hint = (field: KindField) => (stored.includes(field.name) ? t("channel.secretKept") : field.help);
  const label = (field: KindField) => (field.required ? field.label : t("channel.optional", { label: field.label }));
  return (
    <>
      {fields.map((field) => (
        <Field key={field.name} label={label(field)} hint={hint(field)}>
          {(control) => (
            <Control
              field={field}
              control={control}
              value={values[field.name] ?? ""}
              set={(value) => set(field.name, value)}
            />
          )}
        </Field>
      ))}
    </>
  );
}
