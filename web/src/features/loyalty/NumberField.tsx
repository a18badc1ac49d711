import { InputNumber } from "antd";

export interface NumberFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  disabled?: boolean;
}

/** A number under its label. An emptied field keeps what was there. */
export function NumberField({ label, onChange, ...rest }: NumberFieldProps) {
  return (
    <label className="param">
      <span>{label}</span>
      <InputNumber size="small" min={0} {...rest} onChange={(value) => value !== null && onChange(value)} />
    </label>
  );
}
