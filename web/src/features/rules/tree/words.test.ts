import { describe, expect, it } from "vitest";
import { missingOf } from "./complete";
import { diffLines, hasChanges } from "./diff";
import { historyOf, record, redo, replacePresent, undo } from "./history";
import { type ColumnType, isFilled, operandOf, withColumn, withOp } from "./operands";
import { readTree } from "./plain";
import { type Condition, emptyCondition, emptyFollow, emptyGroup, emptySwing } from "./syntax";

const condition = (change: Partial<Condition>): Condition => ({ ...emptyCondition(), ...change });

describe("operators and what stands on their right", () => {
  it("are those of the language", () => {
    expect(operandOf("number", "lt")).toBe("number");
    expect(operandOf("number", "between")).toBe("range");
    expect(operandOf("text", "not_in")).toBe("list");
    expect(operandOf("tags", "has")).toBe("text");
    expect(operandOf("moment", "before")).toBe("moment");
    expect(operandOf("moment", "older_than")).toBe("days");
    expect(operandOf("flag", "is_true")).toBe("none");
  });
  it("keep the value where it still means the same", () => {
    const lt = condition({ column: "a", op: "lt", value: 5 });
    expect(withOp(lt, "number", "ge").value).toBe(5);
    expect(withOp(lt, "number", "between").value).toEqual([]);
    expect(withOp(lt, "number", "missing").value).toBeNull();
    expect(withOp(condition({ op: "eq", value: "high" }), "text", "in").value).toEqual(["high"]);
    expect(withOp(condition({ op: "in", value: ["high"] }), "text", "eq").value).toBe("high");
    expect(withOp(condition({ op: "in", value: ["high", "mid"] }), "text", "eq").value).toBeNull();
  });
  it("start with one that fits when the column is another type", () => {
    const text = withColumn(condition({ column: "a", op: "lt", value: 5 }), { name: "tier", type: "text" }, "number", [
      "eq",
      "in",
    ]);
    expect(text).toMatchObject({ column: "tier", op: "in", value: [] });
    const moment = withColumn(emptyCondition(), { name: "last_order_at", type: "moment" }, undefined, [
      "before",
      "within_last",
    ]);
    expect(moment).toMatchObject({ op: "within_last", value: 30 });
  });
  it("stay with another column of the same type, a comparison with a third does not", () => {
    const lt = condition({ column: "a", op: "lt", value: 5 });
    expect(withColumn(lt, { name: "b", type: "number" }, "number", ["lt", "ge"])).toMatchObject({ op: "lt", value: 5 });
    const compared = condition({ column: "a", op: "lt", value: { column: "c" } });
    expect(withColumn(compared, { name: "b", type: "number" }, "number", ["lt"])).toMatchObject({ value: null });
  });
  it("know when all is said", () => {
    expect(isFilled([1], "range")).toBe(false);
    expect(isFilled([1, 2], "range")).toBe(true);
    expect(isFilled([], "list")).toBe(false);
    expect(isFilled(0, "number")).toBe(true);
    expect(isFilled("", "text")).toBe(false);
    expect(isFilled({ column: "" }, "number")).toBe(false);
  });
});

describe("what is missing", () => {
  const types: Record<string, ColumnType> = { amount: "number", vip: "flag" };
  const typeOf = (column: string) => types[column];
  it("is named at its node, the empty exclusion aside", () => {
    const parts = [
      condition({}),
      condition({ column: "gone", op: "lt", value: 1 }),
      condition({ column: "amount", op: "lt" }),
      condition({ column: "vip", op: "is_true" }),
      emptyGroup("any"),
      emptyFollow(),
      { ...emptyFollow(), first: ["a"], second: ["b"], within_days: null },
      emptySwing(),
    ];
    const found = missingOf({ when: emptyGroup("all", parts), exclude: emptyGroup() }, typeOf);
    expect(parts.map(({ id }) => found.get(id) ?? "ok")).toEqual([
      "column",
      "column",
      "value",
      "ok",
      "parts",
      "first",
      "number",
      "kinds",
    ]);
    expect(found.size).toBe(7);
  });
  it("is nothing for a complete rule, and the conditions for an empty one", () => {
    const complete = readTree({ when: { all: [{ column: "amount", op: "lt", value: 3 }] }, exclude: null });
    expect(missingOf(complete, typeOf).size).toBe(0);
    const empty = { when: emptyGroup(), exclude: null };
    expect(missingOf(empty, typeOf).get(empty.when.id)).toBe("parts");
  });
});

describe("undo and redo", () => {
  it("go back and forth, and a new change forgets what was undone", () => {
    let history = record(record(historyOf(1), 2), 3);
    history = undo(undo(history));
    expect(history.present).toBe(1);
    expect(undo(history)).toBe(history);
    history = redo(history);
    expect(history.present).toBe(2);
    history = record(history, 9);
    expect(history.future).toEqual([]);
    expect(redo(history)).toBe(history);
    expect(undo(history).present).toBe(2);
  });
  it("take typing into one field as one step", () => {
    let history = historyOf("");
    for (const text of ["1", "12", "120"]) history = record(history, text, "n4.value");
    history = record(history, "x", "n5.value");
    expect(undo(history).present).toBe("120");
    expect(undo(undo(history)).present).toBe("");
  });
  it("do not count what changed nothing, nor what the server made of it", () => {
    const history = record(historyOf("a"), "b");
    expect(record(history, "b")).toBe(history);
    expect(undo(replacePresent(history, "c")).present).toBe("a");
  });
});

describe("RUL-05 what changed between two versions", () => {
  const lines = (...texts: string[]) => texts.map((text, index) => ({ depth: index ? 1 : 0, text }));
  const short = (before: string[], after: string[]) =>
    diffLines(lines(...before), lines(...after)).map(({ change, text }) => `${change[0]} ${text}`);
  it("names the fewest removed and added lines", () => {
    expect(short(["all", "a", "b", "c"], ["all", "a", "x", "c", "d"])).toEqual([
      "s all",
      "s a",
      "r b",
      "a x",
      "s c",
      "a d",
    ]);
  });
  it("is nothing between equal forms", () => {
    expect(hasChanges(diffLines(lines("all", "a"), lines("all", "a")))).toBe(false);
  });
  it("counts a line that moved to another depth as changed", () => {
    const moved = diffLines([{ depth: 1, text: "a" }], [{ depth: 2, text: "a" }]);
    expect(moved.map(({ change }) => change)).toEqual(["removed", "added"]);
  });
  it("adds everything when there was nothing", () => {
    expect(short([], ["all", "a"])).toEqual(["a all", "a a"]);
  });
});
