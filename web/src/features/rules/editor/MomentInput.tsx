import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { otherOf } from "../tree/operands";
import { isOther, type Other } from "../tree/syntax";
import { ColumnPicker } from "./ColumnPicker";
import type { ValueProps } from "./ValueInput";

/** A date, or another moment so many days later or earlier. */
export function MomentInput({ column, value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  const modes = [
    { value: "date", label: t("value.date") },
    { value: "other", label: t("value.other") },
  ];
  return (
    <span className="value">
      <NativeSelect
        aria-label={t("value.mode")}
        value={isOther(value) ? "other" : "date"}
        options={modes}
        onChange={(mode) => onChange(mode === "other" ? otherOf() : null)}
      />
      {isOther(value) ? (
        <OtherMoment without={column.name} value={value} onChange={onChange} />
      ) : (
        <input
          type="date"
          className="date-input"
          aria-label={t("value.date")}
          value={typeof value === "string" ? value.slice(0, 10) : ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </span>
  );
}

function OtherMoment({
  without,
  value,
  onChange,
}: {
  without: string;
  value: Other;
  onChange: ValueProps["onChange"];
}) {
  const { t } = useTranslation("rules");
  return (
    <>
      <ColumnPicker
        label={t("value.other")}
        type="moment"
        without={without}
        value={value.column}
        onChange={(name) => onChange({ ...value, column: name })}
      />
      <InputNumber
        className="number"
        aria-label={t("value.shift")}
        title={t("value.shiftHint")}
        precision={0}
        value={value.days ?? 0}
        suffix={t("unit.days")}
        onChange={(days) => onChange({ ...value, days: days ?? 0 })}
      />
    </>
  );
}
