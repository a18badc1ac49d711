import { useTranslation } from "react-i18next";
import { updateNode } from "../tree/edit";
import type { Group, Join, Node } from "../tree/syntax";
import { AddButtons } from "./AddButtons";
import { useBuilder } from "./BuilderContext";
import { ConditionRow } from "./ConditionRow";
import { FollowRow } from "./FollowRow";
import { NodeActions } from "./NodeActions";
import { NodeFaults } from "./NodeFaults";
import { SwingRow } from "./SwingRow";

function Part({ node }: { node: Node }) {
  if (node.kind === "group") return <GroupBox group={node} />;
  if (node.kind === "follow") return <FollowRow follow={node} />;
  if (node.kind === "swing") return <SwingRow swing={node} />;
  return <ConditionRow condition={node} />;
}

const JOINS: readonly Join[] = ["all", "any"];

/** 满足全部 / 满足任一, its parts, and what can be added. Groups nest at any depth. */
export function GroupBox({ group, root }: { group: Group; root?: "when" | "exclude" }) {
  const { t } = useTranslation("rules");
  const { tree, change } = useBuilder();
  const name = root ? t(`build.${root}`) : t("build.group", { join: t(`build.${group.join}`) });
  return (
    <div role="group" aria-label={name} className={root ? "group root" : "group"}>
      <div className="group-head">
        <div role="group" aria-label={t("build.join")} className="join">
          {JOINS.map((join) => (
            <button
              key={join}
              type="button"
              aria-pressed={group.join === join}
              onClick={() => change(updateNode(tree, { ...group, join }))}
            >
              {t(`build.${join}`)}
            </button>
          ))}
        </div>
        <AddButtons group={group} root={root} />
        {!root && <NodeActions node={group} name={name} />}
      </div>
      <NodeFaults id={group.id} />
      <ul className="group-parts">
        {group.parts.map((part) => (
          <li key={part.id}>
            <Part node={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}
