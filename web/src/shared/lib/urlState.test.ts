import { describe, expect, it } from "vitest";
import { readUrl, writeUrl } from "./urlState";

const defaults = { level: "", sort: "-score", cursor: "" };

describe("state in the address", () => {
  it("falls back to the defaults", () => {
    expect(readUrl(new URLSearchParams("level=high"), defaults)).toEqual({ level: "high", sort: "-score", cursor: "" });
  });
  it("does not write defaults", () => {
    expect(
      writeUrl(new URLSearchParams("level=high&sort=name"), defaults, { level: "", sort: "-score" }).toString(),
    ).toBe("");
  });
  it("drops the cursor when a filter changes and keeps it when it is set itself", () => {
    const search = new URLSearchParams("cursor=abc&level=high");
    expect(writeUrl(search, defaults, { level: "early" }, ["cursor"]).toString()).toBe("level=early");
    expect(writeUrl(search, defaults, { cursor: "def" }, ["cursor"]).get("cursor")).toBe("def");
  });
  it("leaves parameters of others alone", () => {
    expect(writeUrl(new URLSearchParams("tab=risk"), defaults, { level: "high" }).toString()).toBe(
      "tab=risk&level=high",
    );
  });
});
