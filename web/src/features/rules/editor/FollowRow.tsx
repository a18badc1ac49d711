import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { updateNode } from "../tree/edit";
import type { Follow } from "../tree/syntax";
import { controlId, useBuilder } from "./BuilderContext";
import { KindsSelect } from "./KindsSelect";
import { NodeActions } from "./NodeActions";
import { NodeFaults } from "./NodeFaults";

/** 询价后14天内未下单: what comes first, what follows or does not, and within how long. */
export function FollowRow({ follow }: { follow: Follow }) {
  const { t } = useTranslation("rules");
  const { tree, change, faults } = useBuilder();
  const set = (part: Partial<Follow>) =>
    change(updateNode(tree, { ...follow, ...part }), { tag: `${follow.id}.${Object.keys(part)[0]}` });
  const name = t("build.follow");
  return (
    <div role="group" aria-label={name} className={`condition${faults.has(follow.id) ? " wrong" : ""}`}>
      <div className="condition-fields">
        <span className="value grow">
          <span>{t("value.lastText")}</span>
          <InputNumber
            className="number"
            aria-label={t("value.inLast")}
            min={1}
            precision={0}
            value={follow.last_days}
            suffix={t("unit.days")}
            onChange={(last_days) => set({ last_days })}
          />
          <span>{t("value.first")}</span>
          <KindsSelect
            id={controlId(follow.id, "column")}
            label={t("value.first")}
            value={follow.first}
            onChange={(first) => set({ first })}
          />
          <InputNumber
            className="number"
            aria-label={t("value.within")}
            min={1}
            precision={0}
            value={follow.within_days}
            suffix={t("value.withinText")}
            onChange={(within_days) => set({ within_days })}
          />
          <NativeSelect
            aria-label={t("value.happens")}
            value={follow.happens ? "yes" : "no"}
            options={[
              { value: "no", label: t("value.didNot") },
              { value: "yes", label: t("value.did") },
            ]}
            onChange={(next) => set({ happens: next === "yes" })}
          />
          <KindsSelect label={t("value.second")} value={follow.second} onChange={(second) => set({ second })} />
        </span>
        <NodeActions node={follow} name={name} />
      </div>
      <NodeFaults id={follow.id} />
    </div>
  );
}
