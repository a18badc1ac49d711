import { describe, expect, it } from "vitest";
import { customerOf, landedOn, topReasons, wordsFor } from "./sidebar.logic";

const reason = (signal: string, points: number) => ({
  signal,
  family: "consumption",
  points,
  text: signal,
  has_evidence: true,
  parts: [],
});
const pack = (text: string) => ({
  code: "p",
  name: "",
  about: "",
  fits: {},
  files: [],
  scripts: text ? [{ title: "t", text }] : [],
});
type Packs = Parameters<typeof wordsFor>[0];

describe("the side bar", () => {
  it("copies the first script there is, else the suggestion", () => {
    expect(wordsFor([pack(""), pack("您好")] as unknown as Packs, "先打电话")).toBe("您好");
    expect(wordsFor([pack("")] as unknown as Packs, "先打电话")).toBe("先打电话");
    expect(wordsFor(undefined, "")).toBe("");
  });

  it("shows the reasons that raise the risk most", () => {
    const shown = topReasons([reason("a", 3), reason("b", -20), reason("c", 9), reason("d", 5)]);
    expect(shown.map(({ signal }) => signal)).toEqual(["c", "d", "a"]);
  });

  it("takes only a customer's number from the address", () => {
    expect(["7", "", "0", "-1", "7.5", "x"].map(customerOf)).toEqual([7, null, null, null, null, null]);
  });

  it("knows whether the browser has loaded this very page", () => {
    expect(landedOn("https://liuke.example/w/a/sidebar?x=1", "/w/a/sidebar")).toBe(true);
    expect(landedOn("https://liuke.example/login", "/w/a/sidebar")).toBe(false);
    expect(landedOn(undefined, "/w/a/sidebar")).toBe(true);
  });
});
