import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CloseOutlined,
  CopyOutlined,
  GroupOutlined,
  UngroupOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { duplicateNode, flat, removeNode, unwrapGroup, wrapNode } from "../tree/edit";
import { canMove, type Direction, moveNode } from "../tree/move";
import type { Group, Node } from "../tree/syntax";
import { controlId, useBuilder } from "./BuilderContext";

interface ActionProps {
  id?: string;
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  label: string;
  name: string;
  onClick: () => void;
  disabled?: boolean;
}

function Action({ id, icon, label, name, onClick, disabled }: ActionProps) {
  return (
    <button
      type="button"
      id={id}
      className="node-action"
      title={label}
      aria-label={`${label} ${name}`}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon of={icon} />
    </button>
  );
}

/** Move, copy, wrap or dissolve, delete: small buttons that say which condition they mean. */
export function NodeActions({ node, name }: { node: Node; name: string }) {
  const { t } = useTranslation("rules");
  const { tree, change } = useBuilder();
  const other = { up: "down", down: "up" } as const;
  const move = (direction: Direction) =>
    change(moveNode(tree, node.id, direction), {
      focus: [controlId(node.id, direction), controlId(node.id, other[direction])],
    });
  const groups = [tree.when, ...(tree.exclude ? [tree.exclude] : [])].flatMap(flat);
  const parent = groups.find((one): one is Group => one.kind === "group" && one.parts.includes(node));
  const remove = () => change(removeNode(tree, node.id), { focus: [controlId(parent?.id ?? tree.when.id, "add")] });
  return (
    <span className="node-actions">
      {(["up", "down"] as const).map((direction) => (
        <Action
          key={direction}
          id={controlId(node.id, direction)}
          icon={direction === "up" ? ArrowUpOutlined : ArrowDownOutlined}
          label={t(`build.${direction}`)}
          name={name}
          disabled={!canMove(tree, node.id, direction)}
          onClick={() => move(direction)}
        />
      ))}
      {node.kind === "group" ? (
        <Action
          icon={UngroupOutlined}
          label={t("build.unwrap")}
          name={name}
          onClick={() => change(unwrapGroup(tree, node.id))}
        />
      ) : (
        <Action
          icon={GroupOutlined}
          label={t("build.wrap")}
          name={name}
          onClick={() => change(wrapNode(tree, node.id), { focus: [controlId(node.id, "column")] })}
        />
      )}
      <Action
        icon={CopyOutlined}
        label={t("build.copy")}
        name={name}
        onClick={() => change(duplicateNode(tree, node.id))}
      />
      <Action icon={CloseOutlined} label={t("build.remove")} name={name} onClick={remove} />
    </span>
  );
}
