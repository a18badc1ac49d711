import { describe, expect, it } from "vitest";
import { catalogue } from "../rules/testing/fixtures";
import { catalogueFor, changeOf, draftOf, tabOf, weightText, writeDraft } from "./segments.logic";
import { tagOf } from "./testing/tagOf";

const names = (kind: "attribute" | "behaviour" | "predictive") =>
  catalogueFor(kind, catalogue).columns.map(({ name }) => name);

describe("标签的规则", () => {
  it("knows no score, no signals and no other tags before the score", () => {
    expect(names("behaviour")).toContain("tier");
    expect(names("attribute")).not.toContain("score");
    expect(names("behaviour")).not.toContain("signal.SIG-20");
    expect(names("behaviour")).not.toContain("tags");
  });
  it("may ask for signals, tags and the score in a predictive tag", () => {
    expect(names("predictive")).toEqual(expect.arrayContaining(["tags", "signal.SIG-20", "score"]));
  });
});

describe("draft of a tag", () => {
  it("comes back as it was read", () => {
    const { name, about, kind, colour, weight, rule } = tagOf();
    expect(writeDraft(draftOf(tagOf()))).toEqual({ name, about, kind, colour, weight, rule });
  });
  it("is without a rule where people choose the members", () => {
    expect(draftOf(tagOf({ rule: null })).byRule).toBe(false);
    expect(writeDraft(draftOf(tagOf({ rule: null }))).rule).toBeNull();
  });
  it("keeps a predictive tag at no weight and with its rule", () => {
    const body = writeDraft({ ...draftOf(tagOf()), kind: "predictive", weight: 9, byRule: false });
    expect(body.weight).toBe(0);
    expect(body.rule).not.toBeNull();
  });
  it("takes an unknown colour for the usual one", () => {
    expect(draftOf(tagOf({ colour: "pink" })).colour).toBe("blue");
  });
  it("starts a new tag with one empty condition", () => {
    expect(draftOf(null).tree.when.parts).toHaveLength(1);
  });
});

describe("figures", () => {
  it("compares with the oldest point there is", () => {
    expect(changeOf(tagOf())).toBe(2);
    expect(changeOf(tagOf({ trend: [] }))).toBeNull();
  });
  it("signs weights", () => {
    expect([weightText(5), weightText(-5), weightText(0)]).toEqual(["+5", "-5", "0"]);
  });
  it("opens members for a tab that it does not know", () => {
    expect([tabOf("history"), tabOf("x"), tabOf("")]).toEqual(["history", "members", "members"]);
  });
});
