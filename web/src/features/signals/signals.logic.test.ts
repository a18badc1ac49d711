import { describe, expect, it } from "vitest";
import { byFamily, isFound, paramText, share, stateOf, unlocks } from "./signals.logic";
import { emotion, libraryOf, signalOf, survey } from "./testing/signalOf";

describe("信号库", () => {
  it("groups signals by family and leaves out empty ones", () => {
    expect(byFamily(libraryOf(), "", "").map(({ family, signals }) => [family, signals.length])).toEqual([
      ["consumption", 1],
      ["service", 2],
    ]);
  });
  it("filters by state and by words of name, code and meaning", () => {
    expect(byFamily(libraryOf(), "missing", "").map(({ family }) => family)).toEqual(["service"]);
    expect(byFamily(libraryOf(), "", "sig-31 评分").flatMap(({ signals }) => signals)).toEqual([survey]);
    expect(isFound(signalOf(), "不存在")).toBe(false);
  });
  it("knows the share of customers, and none before the first scoring", () => {
    expect(share(signalOf())).toBe(0.75);
    expect(share({ computable: 0, customers: 0 })).toBeNull();
  });
  it("shows shares as percent", () => {
    expect(signalOf().params.map(paramText)).toEqual(["25", "30"]);
  });
  it("takes an unknown state for none", () => {
    expect([stateOf("ready"), stateOf("x")]).toEqual(["ready", ""]);
  });
});

describe("数据就绪度", () => {
  it("names the import that unlocks most signals first; the text reader is no import", () => {
    const orders = { kind: "import" as const, entity: "orders", label: "订单" };
    const more = [survey, emotion, signalOf({ unlock: [orders] }), signalOf({ key: "SIG-21", unlock: [orders] })];
    expect(unlocks(more).map(({ entity, signals }) => [entity, signals.length])).toEqual([
      ["orders", 2],
      ["surveys", 1],
    ]);
  });
});
