import { describe, expect, it } from "vitest";
import {
  actionsOf,
  canRollBack,
  changedWeights,
  curveOption,
  fieldsOf,
  intervalText,
  ratesOption,
  readsKinds,
  sameDefinition,
} from "./model.logic";
import { definition, previewOf, rowOf, versionOf } from "./testing/modelOf";

describe("模型的逻辑", () => {
  it("asks for what a kind of loss reads and nothing else", () => {
    expect(fieldsOf("inactivity")).toEqual(["horizon_days", "active_days"]);
    expect(fieldsOf("non_renewal")).toEqual(["horizon_days", "grace_days"]);
    expect(fieldsOf("spend_drop")).toContain("drop");
    expect([readsKinds("event"), readsKinds("outcome"), readsKinds("non_renewal")]).toEqual([true, false, false]);
  });

  it("knows an unchanged definition whatever the order of its activities", () => {
    const two = { ...definition, kinds: ["a", "b"] };
    expect(sameDefinition(two, { ...two, kinds: ["b", "a"] })).toBe(true);
    expect(sameDefinition(two, { ...two, horizon_days: 60 })).toBe(false);
  });

  it("shows a figure with its interval, and a dash where nothing was measured", () => {
    expect(intervalText({ value: 0.7731, low: 0.762, high: 0.784, n: 9 })).toBe("0.773 (0.762–0.784)");
    expect(intervalText({ value: 0.5, low: null, high: null, n: 9 }, 1)).toBe("0.5");
    expect(intervalText({ value: null, low: null, high: null, n: 0 })).toBe("—");
    expect(intervalText(null)).toBe("—");
  });

  it("lists only the weights that change, the largest change first", () => {
    expect(changedWeights(versionOf().weights).map(({ code }) => code)).toEqual(["frequent", "SIG-09"]);
  });

  it("offers what the state of a version allows", () => {
    expect(actionsOf(rowOf())).toEqual({ cancel: false, shadow: true, publish: true, retire: true });
    expect(actionsOf(rowOf({ stage: "calibrated" }))).toEqual({
      cancel: false,
      shadow: false,
      publish: false,
      retire: true,
    });
    expect(actionsOf(rowOf({ status: "training" })).cancel).toBe(true);
    expect(actionsOf(rowOf({ status: "live" }))).toEqual({
      cancel: false,
      shadow: false,
      publish: false,
      retire: true,
    });
    expect(Object.values(actionsOf(rowOf({ status: "refused" }))).some(Boolean)).toBe(false);
  });

  it("rolls back only to a model that was live before", () => {
    const live = rowOf({ number: 3, status: "live", published_at: "2011-09-01T00:00:00Z" });
    const before = rowOf({ number: 1, status: "retired", published_at: "2011-08-01T00:00:00Z" });
    expect(canRollBack([live, before])).toBe(true);
    expect(canRollBack([live, { ...before, published_at: null }])).toBe(false);
    expect(canRollBack([live, { ...before, published_at: "2011-09-02T00:00:00Z" }])).toBe(false);
    expect(canRollBack([before])).toBe(true);
  });

  it("draws the base rates in percent and the curve only where it is known", () => {
    expect(ratesOption(previewOf().origins, "流失")).toMatchObject({ series: [{ data: [51] }] });
    const words = { name: "回来", suggested: "240 天" };
    expect(curveOption(previewOf().curve, words, 240)).toMatchObject({
      xAxis: { max: 30 },
      series: [{ data: [[30, 60]], markLine: { data: [{ xAxis: 240 }] } }],
    });
    expect(JSON.stringify(curveOption([], words, null))).not.toContain("markLine");
  });
});
