import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { ValueProps } from "./ValueInput";

/** One text: free, or one of the values that the column takes. */
export function TextInput({ column, value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  const text = typeof value === "string" ? value : "";
  if (column.choices.length === 0) {
    return (
      <Input
        className="text"
        aria-label={t("value.text")}
        value={text}
        maxLength={200}
        onChange={(event) => onChange(event.target.value || null)}
      />
    );
  }
  const known = column.choices.some((choice) => choice.value === text);
  const options = known || !text ? column.choices : [...column.choices, { value: text, label: text }];
  return (
    <NativeSelect
      aria-label={t("value.text")}
      value={text}
      options={[{ value: "", label: t("value.choose") }, ...options]}
      onChange={(next) => onChange(next || null)}
    />
  );
}
