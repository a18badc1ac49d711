import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { updateNode } from "../tree/edit";
import { operandOf, withColumn, withOp } from "../tree/operands";
import type { Condition, Value } from "../tree/syntax";
import { controlId, useBuilder } from "./BuilderContext";
import { ColumnPicker } from "./ColumnPicker";
import { NodeActions } from "./NodeActions";
import { faultsId, NodeFaults } from "./NodeFaults";
import { ValueInput } from "./ValueInput";

/** One condition: field, comparison, value. */
export function ConditionRow({ condition }: { condition: Condition }) {
  const { t } = useTranslation("rules");
  const { catalogue, tree, change, faults } = useBuilder();
  const column = catalogue.columns.get(condition.column);
  const ops = column ? catalogue.opsOf(column.type) : [];
  const name = column?.label ?? (condition.column || t("build.noColumn"));
  const choose = (chosen: string) => {
    const next = catalogue.columns.get(chosen);
    if (!next) return;
    const names = catalogue.opsOf(next.type).map(({ op }) => op);
    change(updateNode(tree, withColumn(condition, next, column?.type, names)));
  };
  const setValue = (value: Value) =>
    change(updateNode(tree, { ...condition, value }), { tag: `${condition.id}.value` });
  const wrong = faults.has(condition.id);
  return (
    <div role="group" aria-label={t("build.condition", { name })} className={`condition${wrong ? " wrong" : ""}`}>
      <div className="condition-fields">
        <ColumnPicker
          id={controlId(condition.id, "column")}
          label={t("value.column")}
          value={condition.column}
          onChange={choose}
          describedBy={wrong ? faultsId(condition.id) : undefined}
        />
        {column && (
          <>
            <NativeSelect
              aria-label={t("value.op")}
              value={condition.op}
              options={ops.map(({ op, label }) => ({ value: op, label }))}
              onChange={(op) => change(updateNode(tree, withOp(condition, column.type, op)))}
            />
            <ValueInput
              column={column}
              operand={operandOf(column.type, condition.op)}
              value={condition.value}
              onChange={setValue}
            />
          </>
        )}
        <NodeActions node={condition} name={name} />
      </div>
      <NodeFaults id={condition.id} />
    </div>
  );
}
