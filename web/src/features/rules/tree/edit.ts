import { emptyGroup, type Group, type Node, newId, type RuleTree } from "./syntax";

/** Every change gives a new tree; ids stay with their nodes. Unknown ids change nothing. */
type Change = (group: Group) => Group;

const inGroup = (group: Group, id: string): boolean => group.parts.some((part) => part.id === id);

function mapGroups(group: Group, change: Change): Group {
  const parts = group.parts.map((part) => (part.kind === "group" ? mapGroups(part, change) : part));
  const same = parts.every((part, index) => part === group.parts[index]);
  return change(same ? group : { ...group, parts });
}

function mapTree(tree: RuleTree, change: Change): RuleTree {
  return { when: mapGroups(tree.when, change), exclude: tree.exclude && mapGroups(tree.exclude, change) };
}

const withParts = (group: Group, parts: readonly Node[]): Group => ({ ...group, parts });

/** Replaces one node, be it a root group or deep inside. */
export function updateNode<N extends Node>(tree: RuleTree, node: N): RuleTree {
  const replaced = mapTree(tree, (group) =>
    inGroup(group, node.id)
      ? withParts(
          group,
          group.parts.map((part) => (part.id === node.id ? node : part)),
        )
      : group,
  );
  if (node.kind !== "group") return replaced;
  return {
    when: replaced.when.id === node.id ? node : replaced.when,
    exclude: replaced.exclude?.id === node.id ? node : replaced.exclude,
  };
}

/** Puts a node into a group, at the end unless told where. */
export function insertNode(tree: RuleTree, groupId: string, node: Node, at = Number.POSITIVE_INFINITY): RuleTree {
  return mapTree(tree, (group) =>
    group.id === groupId ? withParts(group, [...group.parts.slice(0, at), node, ...group.parts.slice(at)]) : group,
  );
}

export function removeNode(tree: RuleTree, id: string): RuleTree {
  return mapTree(tree, (group) =>
    inGroup(group, id)
      ? withParts(
          group,
          group.parts.filter((part) => part.id !== id),
        )
      : group,
  );
}

function withFreshIds(node: Node): Node {
  if (node.kind !== "group") return { ...node, id: newId() };
  return { ...node, id: newId(), parts: node.parts.map(withFreshIds) };
}

/** A copy right behind the original. */
export function duplicateNode(tree: RuleTree, id: string): RuleTree {
  return mapTree(tree, (group) => {
    const at = group.parts.findIndex((part) => part.id === id);
    const original = group.parts[at];
    if (!original) return group;
    return withParts(group, [...group.parts.slice(0, at + 1), withFreshIds(original), ...group.parts.slice(at + 1)]);
  });
}

/** Puts a node into a new group of its own, joined the other way than the group around it. */
export function wrapNode(tree: RuleTree, id: string): RuleTree {
  return mapTree(tree, (group) =>
    inGroup(group, id)
      ? withParts(
          group,
          group.parts.map((part) => (part.id === id ? emptyGroup(group.join === "all" ? "any" : "all", [part]) : part)),
        )
      : group,
  );
}

/** Dissolves a group: its parts take its place. */
export function unwrapGroup(tree: RuleTree, id: string): RuleTree {
  return mapTree(tree, (group) =>
    inGroup(group, id)
      ? withParts(
          group,
          group.parts.flatMap((part) => (part.id === id && part.kind === "group" ? part.parts : [part])),
        )
      : group,
  );
}

/** The node with an id, or undefined. */
export function findNode(tree: RuleTree, id: string): Node | undefined {
  return [tree.when, tree.exclude].flatMap((root) => (root ? flat(root) : [])).find((node) => node.id === id);
}

/** A group and everything inside, in reading order. */
export function flat(node: Node): Node[] {
  return node.kind === "group" ? [node, ...node.parts.flatMap(flat)] : [node];
}
