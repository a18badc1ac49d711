import { type FlowNode, type FlowSpec, nodeOf, type Plain, type Spot } from "./spec";

export const START = "start";
/** The way out of the trigger. */
export const ENTER = "enter";

export function newNodeId({ nodes }: FlowSpec): string {
  const taken = new Set(nodes.map(({ id }) => id));
  let nth = nodes.length + 1;
  while (taken.has(`n${nth}`)) nth += 1;
  return `n${nth}`;
}

const mapNode = (spec: FlowSpec, id: string, change: (node: FlowNode) => FlowNode): FlowSpec => ({
  ...spec,
  nodes: spec.nodes.map((node) => (node.id === id ? change(node) : node)),
});

/** From an outlet to a node; an empty `to` cuts the way. The trigger's way is where the flow starts. */
export function connect(spec: FlowSpec, from: string, outlet: string, to: string): FlowSpec {
  if (from === START) return { ...spec, start: to };
  return mapNode(spec, from, (node) => {
    const { [outlet]: _old, ...rest } = node.next;
    return { ...node, next: to ? { ...rest, [outlet]: to } : rest };
  });
}

const wayFrom = (spec: FlowSpec, from: string, outlet: string) =>
  from === START ? spec.start : (nodeOf(spec, from)?.next[outlet] ?? "");

export interface Placed {
  /** The node whose outlet it goes to; the trigger, a node, or nothing. */
  after: string | null;
  outlet: string;
  /** The new node's outlets: what followed before now follows its first. */
  outlets: readonly string[];
  at?: Spot | null;
}

/** A new node, hung into the way where it is wanted. */
export function addNode(spec: FlowSpec, kind: string, params: Plain, where: Placed): { spec: FlowSpec; id: string } {
  const id = newNodeId(spec);
  const follows = where.after === null ? "" : wayFrom(spec, where.after, where.outlet);
  const [first] = where.outlets;
  const next: Record<string, string> = follows && first ? { [first]: follows } : {};
  const grown = { ...spec, nodes: [...spec.nodes, { id, kind, params, next, at: where.at ?? null }] };
  if (spec.start === "") return { spec: { ...grown, start: id }, id };
  return { spec: where.after === null ? grown : connect(grown, where.after, where.outlet, id), id };
}

/** Without the node; ways that led to it lead to where its first way led. */
export function removeNode(spec: FlowSpec, id: string): FlowSpec {
  const gone = nodeOf(spec, id);
  if (!gone) return spec;
  const after = Object.values(gone.next).find((to) => to !== id) ?? "";
  const nodes = spec.nodes
    .filter((node) => node.id !== id)
    .map((node) => {
      const ways = Object.entries(node.next).map(([outlet, to]) => [outlet, to === id ? after : to] as const);
      return { ...node, next: Object.fromEntries(ways.filter(([, to]) => to !== "")) };
    });
  return { ...spec, nodes, start: spec.start === id ? after : spec.start };
}

export const setParams = (spec: FlowSpec, id: string, params: Plain): FlowSpec =>
  mapNode(spec, id, (node) => ({ ...node, params }));

/** Ways from outlets that the node has no more are cut. */
export function keepOutlets(spec: FlowSpec, id: string, outlets: readonly string[]): FlowSpec {
  return mapNode(spec, id, (node) => ({
    ...node,
    next: Object.fromEntries(Object.entries(node.next).filter(([outlet]) => outlets.includes(outlet))),
  }));
}

export const moveNode = (spec: FlowSpec, id: string, at: Spot): FlowSpec =>
  mapNode(spec, id, (node) => ({ ...node, at }));

/** Where a palette item goes when it is added by the keyboard: behind what is selected, at its first free outlet. */
export function placeFor(spec: FlowSpec, selected: string | null, outletsOf: (node: FlowNode) => readonly string[]) {
  const node = selected && selected !== START ? nodeOf(spec, selected) : undefined;
  if (!node)
    return selected === START || spec.nodes.length === 0 ? { after: START, outlet: ENTER } : lastFree(spec, outletsOf);
  const outlets = outletsOf(node);
  const free = outlets.find((outlet) => !node.next[outlet]);
  const outlet = free ?? outlets[0];
  return outlet ? { after: node.id, outlet } : { after: null, outlet: "" };
}

/** The newest node with a free outlet. */
function lastFree(spec: FlowSpec, outletsOf: (node: FlowNode) => readonly string[]) {
  for (const node of [...spec.nodes].reverse()) {
    const free = outletsOf(node).find((outlet) => !node.next[outlet]);
    if (free) return { after: node.id, outlet: free };
  }
  return { after: null, outlet: "" };
}
