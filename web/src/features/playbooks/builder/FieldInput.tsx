import { Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { Field, type FieldControl } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Plain } from "../flow/spec";
import { armsOf } from "../flow/words";
import type { FlowField } from "../types";
import { ArmsInput } from "./ArmsInput";
import { useBuilder } from "./BuilderContext";
import { RuleInput } from "./RuleInput";

export interface FieldInputProps {
  field: FlowField;
  value: unknown;
  error?: string | undefined;
  onChange: (value: unknown) => void;
}

const NUMBERS = ["whole", "number", "money", "share"];
const MANY = ["choices", "kinds", "signals"];
/** References by number. */
const NUMBERED = ["member", "way_out"];

/** One field of a step, by its kind. */
export function FieldInput(props: FieldInputProps) {
  const { field, error } = props;
  return (
    <Field label={field.label} error={error}>
      {(control) => <Control {...props} control={control} />}
    </Field>
  );
}

function Control({ field, value, onChange, control }: FieldInputProps & { control: FieldControl }) {
  const { book } = useBuilder();
  const { status, ...plain } = control;
  if (NUMBERS.includes(field.kind))
    return <NumberInput field={field} value={value} onChange={onChange} control={control} />;
  if (field.kind === "flag") {
    return (
      <input {...plain} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
    );
  }
  if (field.kind === "rule") {
    return (
      <RuleInput id={control.id} label={field.label} value={(value as Plain | undefined) ?? null} onChange={onChange} />
    );
  }
  if (field.kind === "arms") return <ArmsInput arms={armsOf(value)} onChange={onChange} />;
  if (MANY.includes(field.kind)) {
    return (
      <Select
        {...plain}
        status={status}
        mode="multiple"
        aria-label={field.label}
        value={Array.isArray(value) ? value.map(String) : []}
        options={[...book.choices(field)]}
        optionFilterProp="label"
        onChange={(next: string[]) => onChange(next)}
      />
    );
  }
  return <TextControl field={field} value={value} onChange={onChange} control={control} />;
}

function TextControl({ field, value, onChange, control }: FieldInputProps & { control: FieldControl }) {
  const { t } = useTranslation("playbooks");
  const { book } = useBuilder();
  const { status: _status, ...plain } = control;
  const text = value === undefined || value === null ? "" : String(value);
  if (field.kind === "text") {
    return (
      <Input {...control} value={text} maxLength={field.high} onChange={(event) => onChange(event.target.value)} />
    );
  }
  if (field.kind === "long_text") {
    return (
      <Input.TextArea
        {...control}
        autoSize={{ minRows: 2 }}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const choices = book.choices(field);
  if (field.kind === "coupon" && choices.length === 0) return <NoCoupons id={control.id} />;
  return (
    <NativeSelect
      {...plain}
      value={text}
      options={[{ value: "", label: t(field.required ? "build.choose" : "build.nobody") }, ...choices]}
      onChange={(next) => onChange(next === "" ? null : NUMBERED.includes(field.kind) ? Number(next) : next)}
    />
  );
}

/** Coupons are made elsewhere: the way there, in another tab so that the flow stays open. */
function NoCoupons({ id }: { id: string }) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  return (
    <p id={id} className="muted small">
      {t("build.noCoupons")}{" "}
      <Link to={to("/loyalty?tab=coupons")} target="_blank">
        {t("build.makeCoupon")}
      </Link>
    </p>
  );
}

function NumberInput({ field, value, onChange, control }: FieldInputProps & { control: FieldControl }) {
  const share = field.kind === "share";
  const number = typeof value === "number" ? value : null;
  return (
    <InputNumber
      {...control}
      value={number !== null && share ? Math.round(number * 1000) / 10 : number}
      {...(share ? { min: 0, max: 100, suffix: "%" } : { min: field.low, max: field.high })}
      {...(field.kind === "whole" && { precision: 0 })}
      onChange={(next) => onChange(next === null ? null : share ? next / 100 : next)}
    />
  );
}
