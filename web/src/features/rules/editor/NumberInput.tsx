import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { fromScreen, isPercent, toScreen } from "../catalogue.logic";
import { otherOf } from "../tree/operands";
import { isOther, type Other } from "../tree/syntax";
import type { ColumnOut } from "../types";
import { ColumnPicker } from "./ColumnPicker";
import { useUnit } from "./useUnit";
import type { ValueProps } from "./ValueInput";

export interface NumberValueProps {
  label: string;
  unit: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A number with its unit; shares are entered as percents. */
export function NumberValue({ label, unit, value, onChange }: NumberValueProps) {
  const unitText = useUnit()(unit);
  return (
    <InputNumber
      className="number"
      aria-label={label}
      value={value === null || Number.isNaN(value) ? null : toScreen(unit, value)}
      {...(unitText && { suffix: unitText })}
      {...(isPercent(unit) && { step: 5 })}
      onChange={(next) => onChange(next === null ? null : fromScreen(unit, next))}
    />
  );
}

/** A number, or another column of the same kind with a factor. */
export function NumberInput({ column, value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  if (column.choices.length > 0) return <ChoiceNumber column={column} value={value} onChange={onChange} />;
  const modes = [
    { value: "fixed", label: t("value.fixed") },
    { value: "other", label: t("value.other") },
  ];
  return (
    <span className="value">
      <NativeSelect
        aria-label={t("value.mode")}
        value={isOther(value) ? "other" : "fixed"}
        options={modes}
        onChange={(mode) => onChange(mode === "other" ? otherOf() : null)}
      />
      {isOther(value) ? (
        <OtherNumber column={column} value={value} onChange={onChange} />
      ) : (
        <NumberValue
          label={t("value.value")}
          unit={column.unit}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      )}
    </span>
  );
}

function OtherNumber({
  column,
  value,
  onChange,
}: {
  column: ColumnOut;
  value: Other;
  onChange: ValueProps["onChange"];
}) {
  const { t } = useTranslation("rules");
  return (
    <>
      <ColumnPicker
        label={t("value.other")}
        type="number"
        without={column.name}
        value={value.column}
        onChange={(name) => onChange({ ...value, column: name })}
      />
      <span aria-hidden>×</span>
      <InputNumber
        className="number short"
        aria-label={t("value.times")}
        step={0.1}
        value={value.times ?? 1}
        onChange={(times) => times !== null && onChange({ ...value, times })}
      />
      <span aria-hidden>+</span>
      <InputNumber
        className="number short"
        aria-label={t("value.plus")}
        value={value.plus ?? 0}
        onChange={(plus) => onChange({ ...value, plus: plus ?? 0 })}
      />
    </>
  );
}

/** A number that stands for somebody or something: the owner. */
function ChoiceNumber({ column, value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  return (
    <NativeSelect
      aria-label={t("value.value")}
      value={typeof value === "number" ? String(value) : ""}
      options={[{ value: "", label: t("value.choose") }, ...column.choices]}
      onChange={(next) => onChange(next === "" ? null : Number(next))}
    />
  );
}
