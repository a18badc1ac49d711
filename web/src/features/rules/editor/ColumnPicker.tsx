import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { isFound } from "../catalogue.logic";
import type { ColumnType } from "../tree/operands";
import { useBuilder } from "./BuilderContext";

export interface ColumnPickerProps {
  id?: string;
  label: string;
  value: string;
  onChange: (name: string) => void;
  /** Only columns of this type, without one of them. */
  type?: ColumnType;
  without?: string;
  describedBy?: string | undefined;
}

/** A field of the catalogue, found by its name or code, in its groups. */
export function ColumnPicker({ id, label, value, onChange, type, without, describedBy }: ColumnPickerProps) {
  const { t } = useTranslation("rules");
  const { catalogue } = useBuilder();
  const options = useMemo(
    () =>
      catalogue.groups
        .map(({ group, columns }) => ({
          label: group,
          title: group,
          options: columns
            .filter((column) => (!type || column.type === type) && column.name !== without)
            .map((column) => ({ value: column.name, label: column.label, title: column.label })),
        }))
        .filter(({ options: some }) => some.length > 0),
    [catalogue, type, without],
  );
  return (
    <Select
      id={id}
      className="column-picker"
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={t("value.choose")}
      value={value || undefined}
      onChange={onChange}
      options={options}
      popupMatchSelectWidth={320}
      showSearch={{
        // Asked about a group first: one that is found by its own name stays whole.
        filterOption: (text, option) =>
          isFound(
            { name: option && "value" in option ? String(option.value) : "", label: String(option?.label) },
            text,
          ),
      }}
    />
  );
}
