import { describe, expect, it } from "vitest";
import {
  bodyOf,
  draftOf,
  EMPTY,
  grouped,
  hasWindow,
  liveUses,
  SHAPES,
  short,
  withMeasure,
  withShape,
  withSpec,
} from "./metrics.logic";
import { form, listOf, metricOf, own, specOf } from "./testing/fixtures";

describe("a description stays one that the server takes", () => {
  it("keeps the measure where the comparison allows it, else takes the first allowed", () => {
    expect(withShape(specOf({ measure: "sum" }), "trend", form).measure).toBe("sum");
    expect(withShape(specOf({ measure: "mean" }), "trend", form).measure).toBe("count");
    for (const shape of SHAPES) {
      const next = withShape(specOf({ measure: "days_until" }), shape, form);
      expect(form.measures[shape]).toContain(next.measure);
    }
  });
  it("gives a comparison with earlier a window, a trend twelve weeks, and drops the grouping elsewhere", () => {
    expect(withShape(specOf({ days: null }), "earlier", form).days).toBe(90);
    expect(withShape(specOf(), "trend", form).weeks).toBe(12);
    expect(withShape(specOf({ shape: "peers", by: "attr.industry" }), "plain", form).by).toBe("");
  });
  it("looks at a text only when it counts different ones", () => {
    expect(withMeasure(specOf(), "distinct", form).of).toBe("channel");
    expect(withMeasure(specOf({ of: "channel" }), "sum", form).of).toBe("value");
    expect(withMeasure(specOf({ of: "attrs.quantity" }), "mean", form).of).toBe("attrs.quantity");
    expect(withMeasure(specOf({ of: "attrs.quantity" }), "count", form).of).toBe("value");
  });
  it("has a window unless weeks, the rhythm or what lies ahead make one", () => {
    expect(hasWindow(specOf())).toBe(true);
    expect(hasWindow(specOf({ shape: "streak" }))).toBe(false);
    expect(hasWindow(specOf({ measure: "days_until" }))).toBe(false);
  });
  it("sends the name without its blanks", () => {
    expect(bodyOf({ name: " 登录 ", unit: "", spec: EMPTY })).toEqual({ name: "登录", unit: "", spec: EMPTY });
  });
  it("starts from a metric, or from nothing", () => {
    expect(draftOf(own)).toEqual({ name: "近30天登录", unit: "count", spec: own.spec });
    expect(draftOf(metricOf()).name).toBe("");
    expect(draftOf(metricOf({ spec: null })).spec).toBe(EMPTY);
    expect(draftOf(undefined).spec).toBe(EMPTY);
  });
});

describe("the unit", () => {
  const draft = { name: "a", unit: "count" as const, spec: specOf({ measure: "count" }) };
  it("stays while only the window changes, and follows another measure or comparison", () => {
    expect(withSpec(draft, { ...draft.spec, days: 7 }).unit).toBe("count");
    expect(withSpec(draft, { ...draft.spec, measure: "sum" }).unit).toBe("");
    expect(withSpec(draft, { ...draft.spec, shape: "trend" }).unit).toBe("");
  });
  it("of a copy of a built-in metric is the one that follows", () => {
    expect(draftOf(metricOf()).unit).toBe("");
  });
});

describe("the list", () => {
  const data = listOf([metricOf(), own], [metricOf({ code: "my_old", name: "旧的", builtin: false, archived: true })]);
  const codes = (view: "all" | "builtin" | "own" | "archived", text = "") =>
    grouped(data, view, text).flatMap(({ metrics }) => metrics.map(({ code }) => code));

  it("shows one kind of metric at a time", () => {
    expect(codes("all")).toEqual(["order_amount_90", "my_login_count_30"]);
    expect(codes("builtin")).toEqual(["order_amount_90"]);
    expect(codes("own")).toEqual(["my_login_count_30"]);
    expect(codes("archived")).toEqual(["my_old"]);
  });
  it("finds by name, meaning or code", () => {
    expect(codes("all", "合计")).toEqual(["order_amount_90"]);
    expect(codes("all", " MY_LOGIN ")).toEqual(["my_login_count_30"]);
    expect(codes("all", "没有")).toEqual([]);
  });
  it("names only what works with a metric now", () => {
    const uses = [
      { kind: "rule" as const, id: "1", name: "甲", live: true },
      { kind: "rule" as const, id: "2", name: "乙", live: false },
    ];
    expect(liveUses(metricOf({ uses }))).toEqual(["甲"]);
  });
});

describe("numbers", () => {
  it.each([
    [0.8333, "0.83"],
    [12.44, "12.4"],
    [1204.4, "1,204"],
    [3, "3"],
    [-0.5, "-0.5"],
  ])("writes %d as %s", (value, text) => {
    expect(short(value)).toBe(text);
  });
});
