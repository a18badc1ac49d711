import type { ComponentProps } from "react";
import "./nativeSelect.css";

export interface NativeOption {
  value: string;
  label: string;
}

export interface NativeSelectProps extends Omit<ComponentProps<"select">, "onChange" | "value"> {
  value: string;
  options: readonly NativeOption[];
  onChange: (value: string) => void;
}

/** The browser's own select in our clothes: 27 kB lighter than antd's, and the phone's own picker. */
export function NativeSelect({ value, options, onChange, className = "", ...rest }: NativeSelectProps) {
  return (
    <select
      {...rest}
      className={`native-select ${className}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
