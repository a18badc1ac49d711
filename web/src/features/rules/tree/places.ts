import type { Group, Node, RuleTree } from "./syntax";

/** The server's words for a place in the document: `when.all.1` → the id of the node there. */
export function placesOf({ when, exclude }: RuleTree): Map<string, string> {
  const places = new Map<string, string>();
  const walk = (node: Node, place: string) => {
    places.set(place, node.id);
    if (node.kind === "group") walkParts(node, place);
  };
  const walkParts = (group: Group, place: string) => {
    for (const [index, part] of group.parts.entries()) walk(part, `${place}.${group.join}.${index}`);
  };
  walk(when, "when");
  if (exclude) walk(exclude, "exclude");
  return places;
}

export interface Fault {
  where: string;
  message: string;
}

export interface PlacedFault {
  /** What of the node is wrong: `column`, `op`, `value`, `within_days`, or nothing for the node as a whole. */
  field: string;
  message: string;
}

/** Faults by the node that they name: the deepest one whose place begins the fault's. The rest lies under "". */
export function faultsByNode(tree: RuleTree, faults: readonly Fault[]): Map<string, PlacedFault[]> {
  const places = placesOf(tree);
  const found = new Map<string, PlacedFault[]>();
  for (const { where, message } of faults) {
    const { id, field } = nodeAt(places, where);
    found.set(id, [...(found.get(id) ?? []), { field, message: withoutPlace(message, where) }]);
  }
  return found;
}

/** The place is shown, so the sentence need not begin with it. */
function withoutPlace(message: string, where: string): string {
  return message.startsWith(where) ? message.slice(where.length).replace(/^[\uff1a:\s]+/, "") : message;
}

function nodeAt(places: ReadonlyMap<string, string>, where: string): { id: string; field: string } {
  const steps = where.split(".");
  for (let length = steps.length; length > 0; length -= 1) {
    const id = places.get(steps.slice(0, length).join("."));
    if (id) return { id, field: fieldOf(steps.slice(length)) };
  }
  return { id: "", field: where };
}

/** `follow.within_days` and `swing.weeks` name the number alone. */
function fieldOf(steps: readonly string[]): string {
  return (steps[0] === "follow" || steps[0] === "swing" ? steps.slice(1) : steps).join(".");
}
