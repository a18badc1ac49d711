import { describe, expect, it } from "vitest";
import { deltaSize, kpiText, sparkColor } from "./kpi.logic";

describe("a figure card", () => {
  it("splits number and unit", () => {
    expect(kpiText({ unit: "money", value: 18_420_000 }, "zh-CN", "GBP")).toEqual({
      sign: "£",
      number: "1,842",
      unit: "万",
    });
    expect(kpiText({ unit: "percent", value: 2.31 }, "zh-CN", "GBP")).toEqual({ sign: "", number: "2.3", unit: "%" });
    expect(kpiText({ unit: "alerts", value: 312 }, "en", "GBP")).toEqual({ sign: "", number: "312", unit: "" });
  });
  it("measures counts relatively and percents in percentage points", () => {
    expect(deltaSize({ unit: "customers", delta: -0.0824 })).toBe(8.2);
    expect(deltaSize({ unit: "percent", delta: -0.18 })).toBe(0.18);
    expect(deltaSize({ unit: "percent", delta: null })).toBeNull();
  });
  it("colours by good and bad", () => {
    expect(sparkColor({ delta: 0.1, good: "up" })).toBe(sparkColor({ delta: -0.1, good: "down" }));
    expect(sparkColor({ delta: 0.1, good: "down" })).not.toBe(sparkColor({ delta: 0.1, good: "up" }));
  });
});
