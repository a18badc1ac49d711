import { describe, expect, it } from "vitest";
import { countSet, joinValues, nextSort, splitValues, viewQuery, withoutEmpty } from "./values";

describe("several values in one parameter", () => {
  it("go there and back", () => {
    expect(splitValues("high,medium")).toEqual(["high", "medium"]);
    expect(splitValues("")).toEqual([]);
    expect(joinValues(["high", "medium"])).toBe("high,medium");
  });
});

describe("a saved view", () => {
  it("is the same text whatever the order of the clicks", () => {
    const one = viewQuery(new URLSearchParams("tier=high&level=high&cursor=x"), ["cursor"]);
    const other = viewQuery(new URLSearchParams("level=high&tier=high"), ["cursor"]);
    expect(one).toBe("level=high&tier=high");
    expect(other).toBe(one);
  });
  it("forgets empty filters", () => {
    expect(viewQuery(new URLSearchParams("level=&q=a"), [])).toBe("q=a");
  });
});

describe("filters", () => {
  it("are counted when set", () => {
    expect(countSet({ level: "high", tier: "", q: "x" }, ["level", "tier"])).toBe(1);
  });
  it("are not sent when empty", () => {
    expect(withoutEmpty({ q: "", level: "high", overdue: false, due_within: undefined })).toEqual({ level: "high" });
  });
});

describe("sorting by a column", () => {
  it("starts with the worst and turns round on the second click", () => {
    expect(nextSort("-score", "annual_value")).toBe("-annual_value");
    expect(nextSort("-annual_value", "annual_value")).toBe("annual_value");
    expect(nextSort("annual_value", "annual_value")).toBe("-annual_value");
  });
  it("starts with the earliest where that is the worst", () => {
    expect(nextSort("-score", "due_at", false)).toBe("due_at");
  });
});
