import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { updateNode } from "../tree/edit";
import type { Swing } from "../tree/syntax";
import { controlId, useBuilder } from "./BuilderContext";
import { KindsSelect } from "./KindsSelect";
import { NodeActions } from "./NodeActions";
import { NodeFaults } from "./NodeFaults";
import { NumberValue } from "./NumberInput";

/** 先激增后骤降: which activity, in how many weeks, by how much. */
export function SwingRow({ swing }: { swing: Swing }) {
  const { t } = useTranslation("rules");
  const { tree, change, faults } = useBuilder();
  const set = (part: Partial<Swing>) =>
    change(updateNode(tree, { ...swing, ...part }), { tag: `${swing.id}.${Object.keys(part)[0]}` });
  const name = t("build.swing");
  return (
    <div role="group" aria-label={name} className={`condition${faults.has(swing.id) ? " wrong" : ""}`}>
      <div className="condition-fields">
        <span className="value grow">
          <span>{t("value.weeksText")}</span>
          <InputNumber
            className="number"
            aria-label={t("value.weeks")}
            min={2}
            precision={0}
            value={swing.weeks}
            suffix={t("unit.weeks")}
            onChange={(weeks) => set({ weeks })}
          />
          <KindsSelect
            id={controlId(swing.id, "column")}
            label={t("value.kinds")}
            value={swing.kinds}
            onChange={(kinds) => set({ kinds })}
          />
          <span>{t("value.rise")}</span>
          <NumberValue label={t("value.rise")} unit="percent" value={swing.rise} onChange={(rise) => set({ rise })} />
          <span>{t("value.drop")}</span>
          <NumberValue label={t("value.drop")} unit="percent" value={swing.drop} onChange={(drop) => set({ drop })} />
        </span>
        <NodeActions node={swing} name={name} />
      </div>
      <NodeFaults id={swing.id} />
    </div>
  );
}
