import { describe, expect, it } from "vitest";
import { hasTrend, labelOf, splitRunning, type TrendPoint, trendOption } from "./trend.logic";

const point = (day: string, churn_rate: number | null, complete = true): TrendPoint => ({
  day,
  churn_rate,
  retention_rate: churn_rate === null ? null : 100 - churn_rate,
  active_customers: 900,
  orders: 1400,
  lost: 10,
  opening: 1000,
  complete,
});
const months = [point("2011-07-01", 3.1), point("2011-08-01", 2.84), point("2011-09-01", 0.9, false)];
const words = { churn: "流失率", retention: "留存率", active: "活跃客户", orders: "订单", running: "本期(未满)" };

describe("the trend", () => {
  it("joins the running period to the last finished one by dashes and never mixes them", () => {
    const { done, running, hasRunning } = splitRunning(months, ({ churn_rate }) => churn_rate);
    expect(done).toEqual([3.1, 2.84, null]);
    expect(running).toEqual([null, 2.84, 0.9]);
    expect(hasRunning).toBe(true);
  });
  it("labels months by month and weeks by day", () => {
    expect(labelOf("2011-07-01", months)).toBe("2011-07");
    const weeks = [point("2011-07-04", 0.1), point("2011-07-11", 0.1)];
    expect(labelOf("2011-07-11", weeks)).toBe("2011-07-11");
  });
  it("shows rates in percent and counts as bars", () => {
    const churn = trendOption(months, "churn", words) as { series: { name: string; data: unknown[] }[] };
    expect(churn.series.map(({ name }) => name)).toEqual(["流失率", "本期(未满)"]);
    expect(churn.series[0]?.data).toEqual([3.1, 2.84, null]);
    const activity = trendOption(months, "activity", words) as { series: { type: string }[] };
    expect(activity.series.every(({ type }) => type === "bar")).toBe(true);
  });
  it("has no dashed series when every period is finished", () => {
    const { series } = trendOption(months.slice(0, 2), "retention", words) as { series: unknown[] };
    expect(series).toHaveLength(1);
  });
  it("knows when there is nothing to draw", () => {
    expect(hasTrend([point("2011-07-01", null)], "churn")).toBe(false);
    expect(hasTrend([point("2011-07-01", null)], "activity")).toBe(true);
    expect(hasTrend([], "activity")).toBe(false);
  });
});
