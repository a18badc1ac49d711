import { insertNode, removeNode } from "./edit";
import type { Group, Node, RuleTree } from "./syntax";

export type Direction = "up" | "down";

interface Spot {
  group: Group;
  at: number;
}

/** The groups from the root down to the one that holds the node, each with the index of the part on the way. */
function trail(group: Group, id: string): Spot[] | null {
  for (const [at, part] of group.parts.entries()) {
    if (part.id === id) return [{ group, at }];
    const deeper = part.kind === "group" ? trail(part, id) : null;
    if (deeper) return [{ group, at }, ...deeper];
  }
  return null;
}

/** Where one step leads, in the tree from which the node has been taken: into a neighbouring group, past a condition, or out. */
function target(spots: readonly Spot[], direction: Direction): Spot | null {
  const here = spots.at(-1);
  const outer = spots.at(-2);
  if (!here) return null;
  const down = direction === "down";
  const neighbour: Node | undefined = here.group.parts[here.at + (down ? 1 : -1)];
  if (neighbour?.kind === "group") return { group: neighbour, at: down ? 0 : neighbour.parts.length };
  if (neighbour) return { group: here.group, at: here.at + (down ? 1 : -1) };
  return outer ? { group: outer.group, at: outer.at + (down ? 1 : 0) } : null;
}

function spotsOf(tree: RuleTree, id: string): Spot[] | null {
  return trail(tree.when, id) ?? (tree.exclude && trail(tree.exclude, id));
}

export function canMove(tree: RuleTree, id: string, direction: Direction): boolean {
  return target(spotsOf(tree, id) ?? [], direction) !== null;
}

/** One step up or down, as in an outline: every place of the same block can be reached with these two alone. */
export function moveNode(tree: RuleTree, id: string, direction: Direction): RuleTree {
  const spots = spotsOf(tree, id);
  const to = spots && target(spots, direction);
  const here = spots?.at(-1);
  const node = here?.group.parts[here.at];
  if (!to || !node) return tree;
  return insertNode(removeNode(tree, id), to.group.id, node, to.at);
}
