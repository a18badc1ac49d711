import { describe, expect, it } from "vitest";
import { duplicateNode, findNode, flat, insertNode, removeNode, unwrapGroup, updateNode, wrapNode } from "./edit";
import { canMove, moveNode } from "./move";
import { faultsByNode, placesOf } from "./places";
import { readTree, sameTree, writeTree } from "./plain";
import { emptyCondition, emptyTree, type Group, type Node, type RuleTree } from "./syntax";

const amount = { column: "order_amount_90", op: "lt", value: 500 };
const tier = { column: "tier", op: "in", value: ["high", "mid"] };
const late = { column: "contract.ends_on", op: "before", value: { column: "last_order_at", days: 30 } };
const drop = { column: "order_amount_90", op: "lt", value: { column: "order_amount_prior_90", times: 0.8 } };
const follow = {
  follow: {
    first: ["quote.requested"],
    // biome-ignore lint/suspicious/noThenProperty: the document's word
    then: ["order.placed"],
    within_days: 14,
    happens: false,
    last_days: 90,
  },
};
const swing = { swing: { kinds: ["login"], weeks: 13, rise: 0.5, drop: 0.5 } };
const plain = {
  when: { all: [tier, { any: [amount, { all: [late, follow] }, drop] }, swing] },
  exclude: { any: [{ column: "tags", op: "has", value: "legal" }] },
};
const tree = readTree(plain);

/** A short text of a group's shape: `all(a any(b c))` by column or kind. */
function shape(node: Node): string {
  if (node.kind === "group") return `${node.join}(${node.parts.map(shape).join(" ")})`;
  return node.kind === "condition" ? node.column || "?" : node.kind;
}
const shapeOf = ({ when }: RuleTree) => shape(when);
const idOf = (of: RuleTree, column: string) =>
  flat(of.when).find((node) => node.kind === "condition" && node.column === column)?.id ?? "";
const groupAt = (of: RuleTree, place: string) => findNode(of, placesOf(of).get(place) ?? "") as Group;

const letters = (text: string): Record<string, unknown> =>
  text.length === 1
    ? { column: text, op: "is_true" }
    : { all: [...text].map((letter) => ({ column: letter, op: "is_true" })) };
const nested = () => readTree({ when: { all: [letters("a"), letters("bc"), letters("d")] }, exclude: null });

describe("RUL-01 a rule on its way through the editor", () => {
  it("comes back as it was, at any depth, with exclusion, comparisons and sequences", () => {
    expect(writeTree(tree)).toEqual(plain);
  });
  it("gets a group around a single condition", () => {
    expect(writeTree(readTree({ when: amount, exclude: null }))).toEqual({ when: { all: [amount] }, exclude: null });
  });
  it("turns what it does not understand into an empty condition, never into nothing", () => {
    const odd = readTree({ when: { all: [{ not: amount }, 7] }, exclude: null });
    expect(odd.when.parts).toMatchObject([
      { kind: "condition", column: "" },
      { kind: "condition", column: "" },
    ]);
    expect(readTree(undefined).when.parts).toEqual([]);
  });
  it("writes no factor that changes nothing, and no empty exclusion", () => {
    const value = { column: "b", times: 1, plus: 0, days: 0 };
    const read = readTree({ when: { all: [{ column: "a", op: "lt", value }] }, exclude: { all: [] } });
    expect(writeTree(read)).toEqual({
      when: { all: [{ column: "a", op: "lt", value: { column: "b" } }] },
      exclude: null,
    });
  });
  it("is compared by what it says, not by its ids", () => {
    expect(sameTree(tree, readTree(plain))).toBe(true);
    expect(sameTree(tree, emptyTree())).toBe(false);
  });
});

describe("editing the tree", () => {
  it("changes one condition and leaves the rest the same objects", () => {
    const id = idOf(tree, "order_amount_90");
    const node = findNode(tree, id);
    if (node?.kind !== "condition") throw new Error("no condition");
    const changed = updateNode(tree, { ...node, value: 900 });
    expect(findNode(changed, id)).toMatchObject({ value: 900 });
    expect(findNode(tree, id)).toMatchObject({ value: 500 });
    expect(changed.exclude).toBe(tree.exclude);
    expect(changed.when.parts[0]).toBe(tree.when.parts[0]);
  });
  it("changes the join of a root and of the exclusion", () => {
    const any = updateNode(tree, { ...tree.when, join: "any" });
    expect(any.when.join).toBe("any");
    expect(tree.exclude && updateNode(tree, { ...tree.exclude, join: "all" }).exclude?.join).toBe("all");
  });
  it("adds at the end or in between, and removes", () => {
    const start = nested();
    const added = insertNode(start, start.when.id, { ...emptyCondition(), column: "x" }, 1);
    expect(shapeOf(added)).toBe("all(a x all(b c) d)");
    expect(shapeOf(removeNode(added, idOf(added, "c")))).toBe("all(a x all(b) d)");
    expect(shapeOf(insertNode(start, groupAt(start, "when.all.1").id, { ...emptyCondition(), column: "y" }))).toBe(
      "all(a all(b c y) d)",
    );
  });
  it("duplicates a whole group with ids of its own, right behind it", () => {
    const start = nested();
    const twice = duplicateNode(start, groupAt(start, "when.all.1").id);
    expect(shapeOf(twice)).toBe("all(a all(b c) all(b c) d)");
    const ids = flat(twice.when).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it("wraps a condition into a group joined the other way, and dissolves it again", () => {
    const start = nested();
    const wrapped = wrapNode(start, idOf(start, "a"));
    expect(shapeOf(wrapped)).toBe("all(any(a) all(b c) d)");
    expect(shapeOf(unwrapGroup(wrapped, groupAt(wrapped, "when.all.0").id))).toBe(shapeOf(start));
  });
  it("does nothing for an id that is gone", () => {
    expect(removeNode(tree, "gone")).toEqual(tree);
    expect(duplicateNode(tree, "gone")).toEqual(tree);
    expect(moveNode(tree, "gone", "up")).toBe(tree);
  });
});

describe("moving by steps, as in an outline", () => {
  it("goes past a condition, into a group, through it, and out", () => {
    const start = nested();
    const id = idOf(start, "a");
    const seen: string[] = [];
    let now = start;
    while (canMove(now, id, "down")) {
      now = moveNode(now, id, "down");
      seen.push(shapeOf(now));
    }
    expect(seen).toEqual([
      "all(all(a b c) d)",
      "all(all(b a c) d)",
      "all(all(b c a) d)",
      "all(all(b c) a d)",
      "all(all(b c) d a)",
    ]);
    while (canMove(now, id, "up")) now = moveNode(now, id, "up");
    expect(shapeOf(now)).toBe(shapeOf(start));
  });
  it("moves a group as a whole and never into itself", () => {
    const start = nested();
    expect(shapeOf(moveNode(start, groupAt(start, "when.all.1").id, "up"))).toBe("all(all(b c) a d)");
  });
  it("stays in its block", () => {
    const only = placesOf(tree).get("exclude.any.0") ?? "";
    expect(canMove(tree, only, "up")).toBe(false);
    expect(moveNode(tree, only, "up")).toBe(tree);
  });
});

describe("faults at the place that they name", () => {
  const nodeAt = (place: string) => placesOf(tree).get(place) ?? "";
  const faults = faultsByNode(tree, [
    { where: "when.all.1.any.0.value", message: "when.all.1.any.0.value: must be a number" },
    { where: "when.all.1.any.1.all.1.follow.within_days", message: "at most 366" },
    { where: "when.all.1.any.0.column", message: "unknown" },
    { where: "exclude", message: "too deep" },
    { where: "effects.points", message: "only before the score" },
  ]);
  it("find the condition, its field, and more than one of them", () => {
    expect(faults.get(nodeAt("when.all.1.any.0"))).toEqual([
      { field: "value", message: "must be a number" },
      { field: "column", message: "unknown" },
    ]);
    expect(faults.get(nodeAt("when.all.1.any.1.all.1"))).toEqual([{ field: "within_days", message: "at most 366" }]);
    expect(faults.get(nodeAt("exclude"))).toEqual([{ field: "", message: "too deep" }]);
  });
  it("keep what names no node", () => {
    expect(faults.get("")).toEqual([{ field: "effects.points", message: "only before the score" }]);
  });
});
