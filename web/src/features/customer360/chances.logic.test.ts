import { describe, expect, it } from "vitest";
import { curveOption, curveRange, timesUsual } from "./chances.logic";
import { isOneOf, SIX } from "./reasons.logic";

const curve = [
  { day: 0, chance: 0.4 },
  { day: 30, chance: 0.5 },
  { day: 90, chance: 0.641 },
];
const similar = { of: 200, lost: 90, share: 0.45, low: 0.38, high: 0.52, base_rate: 0.18, text: "" };

describe("BEY-10 the time-to-churn curve", () => {
  it("is drawn in percent up to its last day", () => {
    const option = curveOption(curve, { name: "流失概率", day: (days) => `${days}天` });
    const [line] = option.series as { data: number[][] }[];
    expect(line?.data).toEqual([
      [0, 40],
      [30, 50],
      [90, 64.1],
    ]);
    expect(option.xAxis).toMatchObject({ min: 0, max: 90 });
    expect(option.yAxis).toMatchObject({ min: 0, max: 100 });
  });
  it("is told as its ends for those who do not see it", () => {
    expect(curveRange(curve)).toEqual({ days: 90, first: 40, last: 64 });
  });
  it("is nothing where nothing tells when", () => {
    expect(curveRange([])).toBeNull();
    expect(curveRange(curve.slice(0, 1))).toBeNull();
  });
});

describe("similar cases", () => {
  it("are compared with everybody", () => {
    expect(timesUsual(similar)).toBe("2.5");
  });
  it("are not compared where nobody was lost", () => {
    expect(timesUsual({ ...similar, base_rate: 0 })).toBeNull();
  });
});

it("knows the six families from what else there is", () => {
  expect(isOneOf(SIX, "consumption")).toBe(true);
  expect(isOneOf(SIX, "other")).toBe(false);
});
