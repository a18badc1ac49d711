import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";
import { insertNode } from "../tree/edit";
import { emptyCondition, emptyFollow, emptyGroup, emptySwing, type Group, type Node } from "../tree/syntax";
import { controlId, useBuilder } from "./BuilderContext";

/** Adds to the end of a group; the keyboard goes to the new condition. */
export function AddButtons({ group, root }: { group: Group; root?: "when" | "exclude" }) {
  const { t } = useTranslation(["rules", "common"]);
  const { tree, change } = useBuilder();
  const add = (node: Node, first: Node = node) =>
    change(insertNode(tree, group.id, node), { focus: [controlId(first.id, "column")] });
  const addGroup = () => {
    const first = emptyCondition();
    add(emptyGroup(group.join === "all" ? "any" : "all", [first]), first);
  };
  return (
    <div className="add-buttons">
      <Button
        type="text"
        id={controlId(group.id, "add")}
        icon={<Icon of={PlusOutlined} />}
        onClick={() => add(emptyCondition())}
      >
        {t("rules:build.addCondition")}
      </Button>
      <Button type="text" icon={<Icon of={PlusOutlined} />} onClick={addGroup}>
        {t("rules:build.addGroup")}
      </Button>
      <Popover
        label={t("common:action.more")}
        align="start"
        trigger={(props) => (
          <Button type="text" {...props}>
            {t("common:action.more")}
          </Button>
        )}
      >
        {(close) => (
          <div className="menu-list">
            <MenuButton label={t("rules:build.addFollow")} onClick={() => [close(), add(emptyFollow())]} />
            <MenuButton label={t("rules:build.addSwing")} onClick={() => [close(), add(emptySwing())]} />
            {root === "exclude" && (
              <MenuButton
                label={t("rules:build.remove")}
                onClick={() => change({ ...tree, exclude: null }, { focus: [controlId(tree.when.id, "add")] })}
              />
            )}
          </div>
        )}
      </Popover>
    </div>
  );
}

function MenuButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="menu-button" onClick={onClick}>
      {label}
    </button>
  );
}
