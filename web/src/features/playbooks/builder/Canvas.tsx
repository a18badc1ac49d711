import {
  Background,
  type Connection,
  Controls,
  type Edge,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { addNode, connect, moveNode, removeNode, START } from "../flow/edit";
import { edgesOf, nodesOf } from "../flow/graph";
import { nodeOf } from "../flow/spec";
import { firstParams, outletsOf, titleOf } from "../flow/words";
import { useBuilder } from "./BuilderContext";
import { FlowCard } from "./FlowCard";
import { DRAGGED } from "./Palette";
import "@xyflow/react/dist/style.css";
import "./canvas.css";

const TYPES = { step: FlowCard };

/** The flow as boxes and ways. Tab goes from step to step, arrows move, Delete removes, Enter opens the step's settings. */
export function Canvas() {
  const { t } = useTranslation("playbooks");
  const { book, spec, selected, counts, change, select } = useBuilder();
  const { screenToFlowPosition } = useReactFlow();
  const nodes = useMemo(() => {
    const name = (id: string) => {
      if (id === START) return `${t("build.trigger")} ${book.trigger(spec.trigger.kind)?.label ?? ""}`;
      const node = nodeOf(spec, id);
      const kind = book.node(node?.kind ?? "");
      return `${kind?.label ?? ""} ${titleOf(book, kind, node?.params ?? {})}`.trim();
    };
    return nodesOf(spec, selected, name);
  }, [book, spec, selected, t]);
  const edges = useMemo(() => edgesOf(book, spec, counts), [book, spec, counts]);
  const onNode = (one: NodeChange) => {
    if (one.type === "select" && one.selected) return select(one.id);
    if (one.type === "position" && one.position && one.id !== START) {
      const at = { x: Math.round(one.position.x), y: Math.round(one.position.y) };
      return change((now) => moveNode(now, one.id, at), `move.${one.id}`);
    }
    if (one.type !== "remove") return;
    change((now) => removeNode(now, one.id));
    select(null);
  };
  const link = ({ source, sourceHandle, target }: Connection) =>
    change((now) => connect(now, source, sourceHandle ?? "", target));
  const cut = (gone: Edge[]) =>
    change((now) => gone.reduce((left, edge) => connect(left, edge.source, edge.sourceHandle ?? "", ""), now));
  const drop = (event: DragEvent) => {
    const kind = book.node(event.dataTransfer.getData(DRAGGED));
    if (!kind) return;
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const params = firstParams(kind);
    const outlets = outletsOf(book, { kind: kind.name, params }).map(({ value }) => value);
    const made = addNode(spec, kind.name, params, { after: null, outlet: "", outlets, at });
    change(() => made.spec);
    select(made.id);
  };
  return (
    <section
      className="flow-canvas"
      aria-label={t("build.canvas")}
      onDrop={drop}
      onDragOver={(event) => event.preventDefault()}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={TYPES}
        onNodesChange={(changes) => changes.forEach(onNode)}
        onEdgesDelete={cut}
        onConnect={link}
        onPaneClick={() => select(null)}
        deleteKeyCode={["Delete", "Backspace"]}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
        minZoom={0.2}
        proOptions={{ hideAttribution: false }}
        ariaLabelConfig={{
          "controls.zoomIn.ariaLabel": t("build.zoomIn"),
          "controls.zoomOut.ariaLabel": t("build.zoomOut"),
          "controls.fitView.ariaLabel": t("build.fit"),
          "node.a11yDescription.default": t("build.nodeHelp"),
          "edge.a11yDescription.default": t("build.edgeHelp"),
        }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}
