import { InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Operand } from "../tree/operands";
import { isList, type Value } from "../tree/syntax";
import type { ColumnOut } from "../types";
import { ListInput } from "./ListInput";
import { MomentInput } from "./MomentInput";
import { NumberInput, NumberValue } from "./NumberInput";
import { TextInput } from "./TextInput";

export interface ValueProps {
  column: ColumnOut;
  value: Value;
  onChange: (value: Value) => void;
}

/** What stands on the right of a comparison, by what the operator takes. */
export function ValueInput({ operand, ...props }: ValueProps & { operand: Operand }) {
  if (operand === "none") return null;
  if (operand === "number") return <NumberInput {...props} />;
  if (operand === "range") return <RangeInput {...props} />;
  if (operand === "list") return <ListInput {...props} />;
  if (operand === "days") return <DaysInput {...props} />;
  if (operand === "moment") return <MomentInput {...props} />;
  return <TextInput {...props} />;
}

/** Both ends; of a list of one, `onlyHigh` says which end it is. */
function endsOf(value: Value, onlyHigh: boolean): readonly [number | null, number | null] {
  const [first = null, second = null] = isList(value) ? value.map(Number) : [];
  return second === null && onlyHigh ? [null, first] : [first, second];
}

function RangeInput({ column, value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  const [onlyHigh, setOnlyHigh] = useState(false);
  const [low, high] = endsOf(value, onlyHigh);
  const set = (next: readonly [number | null, number | null]) => {
    setOnlyHigh(next[0] === null);
    onChange(next.filter((end) => end !== null));
  };
  return (
    <span className="value">
      <NumberValue label={t("value.low")} unit={column.unit} value={low} onChange={(next) => set([next, high])} />
      <span>{t("value.to")}</span>
      <NumberValue label={t("value.high")} unit={column.unit} value={high} onChange={(next) => set([low, next])} />
    </span>
  );
}

function DaysInput({ value, onChange }: ValueProps) {
  const { t } = useTranslation("rules");
  return (
    <InputNumber
      className="number"
      aria-label={t("value.days")}
      min={0}
      precision={0}
      value={typeof value === "number" ? value : null}
      suffix={t("unit.days")}
      onChange={onChange}
    />
  );
}
