import { describe, expect, it } from "vitest";
import { asksCause, bodyOf, causesFor, isCause, isReady, KINDS, withKind } from "./outcome.logic";

const draft = { kind: null, day: "2011-09-10", cause: "", competitor: "", note: "" };

describe("OUT-01 registering an outcome", () => {
  it("knows the five outcomes", () => {
    expect(KINDS).toEqual(["renewed", "repurchased", "churned", "paused", "unsaveable"]);
  });
  it("asks for a cause only where a customer left", () => {
    expect(asksCause("renewed")).toBe(false);
    expect(asksCause("churned")).toBe(true);
    expect(isReady(draft)).toBe(false);
    expect(isReady({ ...draft, kind: "renewed" })).toBe(true);
    expect(isReady({ ...draft, kind: "churned" })).toBe(false);
    expect(isReady({ ...draft, kind: "churned", cause: "price" })).toBe(true);
  });
  it("offers closing, merging and changing the entity for the unsaveable alone", () => {
    expect(causesFor("unsaveable")).toEqual(["closed_down", "merged", "other_entity"]);
    expect(causesFor("churned")).not.toContain("merged");
    expect(withKind({ ...draft, kind: "churned", cause: "price" }, "unsaveable").cause).toBe("");
    expect(withKind({ ...draft, kind: "churned", cause: "price" }, "paused").cause).toBe("price");
    expect(isCause("merged")).toBe(true);
    expect(isCause("")).toBe(false);
  });
  it("drops a cause that was typed before the outcome changed", () => {
    expect(bodyOf({ ...draft, kind: "repurchased", cause: "price", competitor: "X" })).toMatchObject({
      cause: "",
      competitor: "",
    });
  });
  it("needs a date", () => {
    expect(isReady({ ...draft, kind: "renewed", day: "" })).toBe(false);
  });
});
