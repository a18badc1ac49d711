import { Handle, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import { memo, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { ENTER, START } from "../flow/edit";
import { ofNode } from "../flow/problems";
import { nodeOf } from "../flow/spec";
import { outletsOf, titleOf } from "../flow/words";
import type { Choice } from "../types";
import { useBuilder } from "./BuilderContext";
import { iconOf } from "./icons";

/** One step on the canvas: what it is, what it does, who stands there, what is wrong with it. */
export const FlowCard = memo(function FlowCard({ id }: NodeProps) {
  const { selected, problems } = useBuilder();
  const wrong = ofNode(problems, id)[0];
  return (
    <div className={`flow-card${selected === id ? " selected" : ""}${wrong ? " wrong" : ""}`}>
      {id === START ? <TriggerText /> : <StepText id={id} />}
      {wrong ? <span className="flow-badge bad">{wrong.message}</span> : <Standing id={id} />}
    </div>
  );
});

function TriggerText() {
  const { t } = useTranslation("playbooks");
  const { book, spec } = useBuilder();
  const kind = book.trigger(spec.trigger.kind);
  return (
    <>
      <span className="flow-icon">
        <Icon of={iconOf("")} />
      </span>
      <span className="grow">
        <span className="muted small">{t("build.trigger")}</span>
        <strong className="ellipsis">
          {kind?.label} {titleOf(book, kind, spec.trigger)}
        </strong>
      </span>
      <Handle id={ENTER} type="source" position={Position.Bottom} />
    </>
  );
}

function StepText({ id }: { id: string }) {
  const { book, spec } = useBuilder();
  const node = nodeOf(spec, id);
  if (!node) return null;
  const kind = book.node(node.kind);
  return (
    <>
      <Handle type="target" position={Position.Top} />
      <span className="flow-icon">
        <Icon of={iconOf(node.kind)} />
      </span>
      <span className="grow">
        <span className="muted small">{kind?.label}</span>
        <strong className="ellipsis">{titleOf(book, kind, node.params) || kind?.about}</strong>
      </span>
      <Outlets id={id} outlets={outletsOf(book, node)} />
    </>
  );
}

function Outlets({ id, outlets }: { id: string; outlets: readonly Choice[] }) {
  const moved = useUpdateNodeInternals();
  const ways = outlets.map(({ value }) => value).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other outlets lie elsewhere
  useEffect(() => moved(id), [ways, id, moved]);
  return outlets.map(({ value, label }, nth) => (
    <Handle
      key={value}
      id={value}
      type="source"
      position={Position.Bottom}
      title={label}
      style={{ left: `${((nth + 1) / (outlets.length + 1)) * 100}%` }}
    />
  ));
}

/** Who stands here now, and who went on; nobody yet, nothing said. */
function Standing({ id }: { id: string }) {
  const { t } = useTranslation("playbooks");
  const { counts } = useBuilder();
  const { count } = useFormat();
  const [standing, left] = [counts?.standing[id] ?? 0, counts?.left[id] ?? 0];
  if (standing + left === 0) return null;
  return <span className="flow-badge">{t("build.standing", { standing: count(standing), left: count(left) })}</span>;
}
