import { describe, expect, it } from "vitest";
import {
  cardUrl,
  type Lines,
  monthsOption,
  percentOf,
  precisionOf,
  rateOf,
  recallOption,
  reliabilityOption,
  rocOption,
  small,
  targetOf,
  versionOf,
} from "./promise.logic";
import { promiseOf, shareOf } from "./testing/promiseOf";

const WORDS: Lines = {
  said: "said",
  happened: "happened",
  exact: "exact",
  curve: "curve",
  chosen: "recall",
  base: "base",
  precision: "precision",
  target: "target",
  alerts: "alerts",
  random: "false",
};
type Drawn = { name: string; data: (number | null | number[])[] }[];
const drawn = (option: unknown) => (option as { series: Drawn }).series;
const named = (option: unknown, name: string) => drawn(option).find((one) => one.name === name)?.data;

describe("the target of the address", () => {
  it("is a share between 70 and 95 percent", () => {
    expect(targetOf("85")).toBe(0.85);
    expect(targetOf("82.5")).toBe(0.825);
    for (const text of ["", "69", "96", "x", "NaN", "1e3"]) expect(targetOf(text)).toBeNull();
  });
  it("is shown as whole percent", () => expect(percentOf(0.85)).toBe(85));
});

it("reads a version's number", () => {
  expect(versionOf("3")).toBe(3);
  for (const text of ["", "0", "-1", "1.5", "12345678", "x"]) expect(versionOf(text)).toBeNull();
});

it("writes small figures with one digit and large ones without", () => {
  expect([0.04, 1.43, 9.96, 12.4, 1234].map(small)).toEqual(["0", "1.4", "10", "12", "1,234"]);
});

it("knows no precision without alerts and no rate without customers", () => {
  expect(precisionOf(shareOf("x"))).toBe(0.88);
  expect(precisionOf(shareOf("x", { alerts: 0 }))).toBeNull();
  expect(rateOf(shareOf("x"))).toBe(0.61);
  expect(rateOf(shareOf("x", { eligible: 0 }))).toBeNull();
});

describe("charts", () => {
  const report = promiseOf();
  it("draws months without alerts as a gap, beside base rate and target", () => {
    const option = monthsOption(report.by_month, 0.85, WORDS);
    expect(named(option, "precision")).toEqual([88, null]);
    expect(named(option, "base")).toEqual([61, 61]);
    expect(named(option, "target")).toEqual([85, 85]);
  });
  it("draws reliability against equality", () => {
    const option = reliabilityOption(report.reliability, WORDS);
    expect(named(option, "happened")).toEqual([
      [20, 22],
      [80, 77],
    ]);
    expect(named(option, "exact")).toEqual([
      [0, 0],
      [100, 100],
    ]);
  });
  it("marks today's threshold on both curves, and only where there is one", () => {
    expect(named(recallOption(report, 0.61, WORDS), "target")).toEqual([[14, 87]]);
    expect(named(rocOption(report, WORDS), "target")).toEqual([[3, 14]]);
    const refused = promiseOf({ chosen_point: null });
    expect(drawn(recallOption(refused, null, WORDS)).map(({ name }) => name)).toEqual(["curve"]);
    expect(drawn(rocOption(refused, WORDS))).toHaveLength(1);
  });
  it("runs the ROC curve from corner to corner", () => {
    const points = named(rocOption(report, WORDS), "curve");
    expect([points?.[0], points?.at(-1)]).toEqual([
      [0, 0],
      [100, 100],
    ]);
  });
});

it("links a card's file in form and language", () => {
  expect(cardUrl("demo", 3, "markdown", "en")).toBe("/api/v1/w/demo/models/3/card/file?form=markdown&language=en");
});
