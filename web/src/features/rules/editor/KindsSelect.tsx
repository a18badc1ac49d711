import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useBuilder } from "./BuilderContext";

/** Kinds of activity, one or more. */
export function KindsSelect({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  label: string;
  value: readonly string[];
  onChange: (kinds: string[]) => void;
}) {
  const { t } = useTranslation("rules");
  const { catalogue } = useBuilder();
  return (
    <Select
      id={id}
      mode="multiple"
      className="kinds"
      aria-label={label}
      placeholder={t("value.choose")}
      value={[...value]}
      options={[...catalogue.kinds]}
      optionFilterProp="label"
      onChange={(next: string[]) => onChange(next)}
    />
  );
}
