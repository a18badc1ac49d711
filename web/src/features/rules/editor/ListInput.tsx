import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { isList } from "../tree/syntax";
import type { ValueProps } from "./ValueInput";

/** Several texts: of the column's own values, or typed in and closed with Enter. */
export function ListInput({ column, value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  const free = column.choices.length === 0;
  return (
    <Select
      mode={free ? "tags" : "multiple"}
      className="list"
      aria-label={t("value.list")}
      placeholder={t("value.choose")}
      value={isList(value) ? value.map(String) : []}
      options={column.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      optionFilterProp="label"
      {...(free && { tokenSeparators: [",", "\uff0c", "\u3001"] })}
      onChange={(next: string[]) => onChange(next)}
    />
  );
}
