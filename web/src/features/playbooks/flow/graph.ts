import type { Edge, Node } from "@xyflow/react";
import type { NodeCounts } from "../types";
import { ENTER, START } from "./edit";
import { HEIGHT, placesOf, WIDTH } from "./layout";
import type { FlowSpec } from "./spec";
import { type Book, outletsOf } from "./words";

/** The canvas's nodes: the trigger first. `name` is what screen readers say. */
export function nodesOf(spec: FlowSpec, selected: string | null, name: (id: string) => string): Node[] {
  const places = placesOf(spec);
  return [START, ...spec.nodes.map(({ id }) => id)].map((id) => ({
    id,
    type: "step",
    data: {},
    position: places.get(id) ?? { x: 0, y: 0 },
    selected: id === selected,
    deletable: id !== START,
    ariaLabel: name(id),
    width: WIDTH,
    height: HEIGHT,
    measured: { width: WIDTH, height: HEIGHT },
  }));
}

/** Ways, each with its outlet's name where there is more than one, and how many went. */
export function edgesOf(book: Book, spec: FlowSpec, counts: NodeCounts | undefined): Edge[] {
  const first: Edge[] = spec.start
    ? [{ id: `${START}:${ENTER}`, source: START, sourceHandle: ENTER, target: spec.start, type: "smoothstep" }]
    : [];
  const ways = spec.nodes.flatMap((node) => {
    const outlets = outletsOf(book, node);
    return Object.entries(node.next).map(([outlet, target]): Edge => {
      const went = counts?.outlets[node.id]?.[outlet];
      const name = outlets.length > 1 ? (outlets.find(({ value }) => value === outlet)?.label ?? outlet) : "";
      const label = [name, went].filter(Boolean).join(" ");
      const shown = label ? { label } : {};
      return {
        id: `${node.id}:${outlet}`,
        source: node.id,
        sourceHandle: outlet,
        target,
        type: "smoothstep",
        ...shown,
      };
    });
  });
  return [...first, ...ways];
}
