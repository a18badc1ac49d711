import { describe, expect, it } from "vitest";
import { allOf, canReopen, decisionOfKey, kindOf, statusOf, stepTo, waits } from "./cases.logic";
import { caseOf } from "./testing/caseOf";

describe("待验证", () => {
  it("says a word by a key", () => {
    expect(["1", "2", "3", "4", "5", "a"].map(decisionOfKey)).toEqual([
      "confirmed",
      "wrong",
      "seasonal",
      "later",
      undefined,
      undefined,
    ]);
  });
  it("walks by arrows and by j and k, and stays at the ends", () => {
    expect([stepTo(0, "ArrowDown", 2), stepTo(1, "j", 2), stepTo(1, "k", 2), stepTo(0, "ArrowUp", 2)]).toEqual([
      1, 1, 0, 0,
    ]);
    expect(stepTo(1, "x", 2)).toBe(1);
  });
  it("takes back a word only while the thing goes on", () => {
    expect(canReopen(caseOf())).toBe(false);
    expect(canReopen(caseOf({ later_until: "2011-09-20T00:00:00Z" }))).toBe(true);
    expect(canReopen(caseOf({ status: "wrong" }))).toBe(true);
    expect(canReopen(caseOf({ status: "wrong", ended_at: "2011-09-10T00:00:00Z" }))).toBe(false);
  });
  it("decides only what waits, and knows its filters", () => {
    expect(["open", "later", "gone"].map((status) => waits(statusOf(status)))).toEqual([true, true, false]);
    expect([kindOf("drop"), kindOf("x"), statusOf("x")]).toEqual(["drop", "", "open"]);
  });
  it("adds up the kinds", () => {
    expect(allOf({ drop: 2, source: 1 })).toBe(3);
  });
});
