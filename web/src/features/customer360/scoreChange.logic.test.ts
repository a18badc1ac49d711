import { describe, expect, it } from "vitest";
import { bodyOf, isReady, type OverrideDraft, scoreAfter } from "./override.logic";
import { earlierMoments, laterMoments, linesOf } from "./scoreChange.logic";

describe("BEY-05 the scorings to compare", () => {
  const points = ["2026-01-01T00:00:00Z", "2026-01-08T00:00:00Z", "2026-01-15T00:00:00Z"].map((at) => ({ at }));
  it("lie before or after the other end, newest first", () => {
    expect(earlierMoments(points, "2026-01-15T00:00:00Z")).toEqual(["2026-01-08T00:00:00Z", "2026-01-01T00:00:00Z"]);
    expect(laterMoments(points, "2026-01-08T00:00:00Z")).toEqual(["2026-01-15T00:00:00Z"]);
  });
  it("give the reasons of one part only, and not all of many", () => {
    const line = (part: "stale" | "behaviour", code: string) => ({ part, code, text: code, before: 0, after: 1 });
    const many = ["a", "b", "c", "d", "e", "f"].map((code) => line("behaviour", code));
    expect(linesOf({ lines: [line("stale", "x"), ...many] }, "stale").map(({ code }) => code)).toEqual(["x"]);
    expect(linesOf({ lines: many }, "behaviour")).toHaveLength(5);
  });
});

describe("人工调整", () => {
  const draft: OverrideDraft = { how: "added", value: -10, reason: " 刚签约 ", until: "2026-12-01" };
  it("needs a number within its bounds, a reason and a day", () => {
    expect(isReady(draft)).toBe(true);
    expect(isReady({ ...draft, value: 0 })).toBe(false);
    expect(isReady({ ...draft, reason: " " })).toBe(false);
    expect(isReady({ ...draft, until: "" })).toBe(false);
    expect(isReady({ ...draft, how: "fixed", value: -1 })).toBe(false);
    expect(isReady({ ...draft, how: "fixed", value: 0 })).toBe(true);
  });
  it("ends with its local day", () => {
    expect(bodyOf(draft, (day) => `${day}T16:00:00Z`)).toEqual({
      fixed: false,
      value: -10,
      reason: "刚签约",
      until: "2026-12-01T16:00:00Z",
    });
  });
  it("tells what the score will be, within 0 to 100", () => {
    expect(scoreAfter(draft, 92)).toBe(82);
    expect(scoreAfter(draft, 4)).toBe(0);
    expect(scoreAfter({ ...draft, how: "fixed", value: 40 }, null)).toBe(40);
    expect(scoreAfter(draft, null)).toBeNull();
  });
});
