import { describe, expect, it } from "vitest";
import { looksLikeEmail, passwordFault, safeNext } from "./auth.logic";

describe("after the log-in", () => {
  it("goes on to a page of this site only", () => {
    expect(safeNext("/w/demo/alerts?level=high")).toBe("/w/demo/alerts?level=high");
    for (const trap of ["https://evil.example", "//evil.example", "/\\evil.example", "", null])
      expect(safeNext(trap)).toBe("/");
  });
});

describe("what a person types", () => {
  it("must look like an address", () => {
    expect(looksLikeEmail("lin@example.com ")).toBe(true);
    expect(looksLikeEmail("lin@example")).toBe(false);
  });
  it("must be long enough and twice the same", () => {
    expect(passwordFault("short", "short")).toBe("tooShort");
    expect(passwordFault("long enough 1", "long enough 2")).toBe("different");
    expect(passwordFault("long enough 1", "long enough 1")).toBeUndefined();
  });
});
