import { InputNumber } from "antd";
import { Field } from "@/shared/ui/Field";

/** A whole number of the sentence. */
export function NumberField({
  label,
  value,
  min,
  max,
  suffix,
  error,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  suffix?: string;
  error: string | undefined;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <InputNumber
          {...control}
          value={value}
          min={min}
          max={max}
          precision={0}
          suffix={suffix}
          onChange={(next) => next !== null && onChange(next)}
        />
      )}
    </Field>
  );
}
