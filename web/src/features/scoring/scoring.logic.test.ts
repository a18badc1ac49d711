import { describe, expect, it } from "vitest";
import {
  bandsOf,
  byFamily,
  fromScreen,
  readConfig,
  recolour,
  type Signal,
  sameConfig,
  toScreen,
  upAndDown,
  withParam,
  withSignal,
  writeConfig,
} from "./scoring.logic";

const bands = { early: 50, medium: 70, high: 90 };
const plain = {
  base: 12,
  dimensions: { consumption: { weight: 1.5, name: "购买" } },
  profiles: [],
  seasons: [],
  baseline: { enabled: true, share: 0.25, days: 30, periods: 4 },
  signals: {
    order_drop: { points: 28, enabled: true, params: { days: 30, drop: 0.2 } },
    growth: { points: -10, enabled: false, params: {} },
  },
  bands,
  tiers: { by: "percentile", high: 0.9, mid: 0.6 },
};
const config = readConfig(plain, bands);

describe("SCR-04 the configuration on its way through the editor", () => {
  it("comes back as it was, tiers included", () => {
    expect(writeConfig(config)).toEqual(plain);
  });
  it("survives data that is missing or odd", () => {
    const odd = readConfig(
      { base: "x", signals: { a: null, b: { points: 3, params: { days: "30" } } } } as unknown as typeof plain,
      bands,
    );
    expect(odd).toMatchObject({
      base: 0,
      bands,
      signals: { a: { points: 0, enabled: true }, b: { points: 3, params: {} } },
    });
  });
  it("changes one signal without touching the others", () => {
    const changed = withParam(withSignal(config, "growth", { enabled: true }), "order_drop", "days", 45);
    expect(changed.signals).toEqual({
      order_drop: { points: 28, enabled: true, params: { days: 45, drop: 0.2 } },
      growth: { points: -10, enabled: true, params: {} },
    });
    expect(config.signals.growth?.enabled).toBe(false);
  });
  it("knows whether anything changed, whatever the order of keys", () => {
    const again = readConfig({ ...plain, tiers: plain.tiers, base: 12 }, bands);
    expect(sameConfig(config, again)).toBe(true);
    expect(sameConfig(config, withSignal(config, "growth", { points: -9 }))).toBe(false);
  });
});

describe("SCR-02 the bands", () => {
  it("stay in rising order when a handle passes another", () => {
    expect(bandsOf([75, 70, 90], bands)).toEqual({ early: 70, medium: 75, high: 90 });
    expect(bandsOf([40], bands)).toEqual({ early: 40, medium: 70, high: 90 });
  });
  it("recolour the histogram", () => {
    const bins = [40, 50, 60].map((start) => ({ start, count: 1, level: "normal" as const }));
    expect(recolour(bins, { early: 50, medium: 60, high: 90 }).map(({ level }) => level)).toEqual([
      "normal",
      "early",
      "medium",
    ]);
  });
});

describe("signals and previews", () => {
  const signal = (key: string, family: string) => ({ key, family }) as Signal;
  it("are grouped from falling silent to paying late", () => {
    expect(
      byFamily([signal("a", "consumption"), signal("b", "interaction"), signal("c", "consumption")]),
    ).toMatchObject([
      { family: "interaction", signals: [{ key: "b" }] },
      { family: "consumption", signals: [{ key: "a" }, { key: "c" }] },
    ]);
  });
  it("show shares as percents", () => {
    expect(toScreen({ unit: "percent" }, 0.2)).toBe(20);
    expect(fromScreen({ unit: "percent" }, 20)).toBe(0.2);
    expect(toScreen({ unit: "days" }, 30)).toBe(30);
  });
  it("count who goes up and who goes down", () => {
    const moves = [
      { before: "normal" as const, after: "early" as const, count: 50 },
      { before: "high" as const, after: "medium" as const, count: 4 },
    ];
    expect(upAndDown(moves)).toEqual({ up: 50, down: 4 });
  });
});
