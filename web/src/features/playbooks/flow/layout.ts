import { START } from "./edit";
import { type FlowSpec, nodeOf, type Spot } from "./spec";

export const WIDTH = 250;
export const HEIGHT = 64;
export const ROW = 128;
const GAP = 40;

/** Nodes in the order in which they are met from the start, those never met last. */
export function inOrder(spec: FlowSpec): string[] {
  const met = new Set<string>();
  const visit = (id: string) => {
    const node = nodeOf(spec, id);
    if (!node || met.has(id)) return;
    met.add(id);
    Object.values(node.next).forEach(visit);
  };
  visit(spec.start);
  return [...met, ...spec.nodes.map(({ id }) => id).filter((id) => !met.has(id))];
}

/** How far down each node lies: below everything that leads to it, ways back left out. */
export function depths(spec: FlowSpec): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const visit = (id: string, depth: number, way: ReadonlySet<string>) => {
    const node = nodeOf(spec, id);
    if (!node || way.has(id) || (found.get(id) ?? 0) >= depth) return;
    found.set(id, depth);
    const here = new Set([...way, id]);
    for (const to of Object.values(node.next)) visit(to, depth + 1, here);
  };
  visit(spec.start, 1, new Set());
  const lost = Math.max(0, ...found.values()) + 1;
  for (const { id } of spec.nodes) if (!found.has(id)) found.set(id, lost);
  return found;
}

/** A place for every node: rows by depth, each row centred below the trigger. */
export function autoLayout(spec: FlowSpec): ReadonlyMap<string, Spot> {
  const rows = new Map<number, string[]>();
  const deep = depths(spec);
  for (const id of inOrder(spec)) {
    const depth = deep.get(id) ?? 1;
    rows.set(depth, [...(rows.get(depth) ?? []), id]);
  }
  const places = new Map<string, Spot>([[START, { x: 0, y: 0 }]]);
  for (const [depth, ids] of rows) {
    ids.forEach((id, nth) => {
      places.set(id, { x: (nth - (ids.length - 1) / 2) * (WIDTH + GAP), y: depth * ROW });
    });
  }
  return places;
}

/** Where each node stands: where somebody put it, else where the layout does. */
export function placesOf(spec: FlowSpec): ReadonlyMap<string, Spot> {
  const places = new Map(autoLayout(spec));
  for (const { id, at } of spec.nodes) if (at) places.set(id, at);
  return places;
}

/** Forgets by hand chosen places. */
export const tidy = (spec: FlowSpec): FlowSpec => ({
  ...spec,
  nodes: spec.nodes.map((node) => ({ ...node, at: null })),
});
