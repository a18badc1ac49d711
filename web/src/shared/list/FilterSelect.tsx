import { Select } from "antd";
import { joinValues, splitValues } from "./values";

export interface FilterSelectProps {
  label: string;
  /** Chosen values as they stand in the address: `a,b`. */
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  onOpen?: () => void;
  width?: number;
}

/** Any number of values of one filter. */
export function FilterSelect({ label, value, options, onChange, onOpen, width = 132 }: FilterSelectProps) {
  return (
    <Select
      mode="multiple"
      className="filter-select"
      aria-label={label}
      placeholder={label}
      value={splitValues(value)}
      options={[...options]}
      onChange={(values: string[]) => onChange(joinValues(values))}
      onOpenChange={(open) => open && onOpen?.()}
      maxTagCount="responsive"
      popupMatchSelectWidth={false}
      allowClear
      style={{ minWidth: width }}
    />
  );
}
