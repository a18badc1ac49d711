import { describe, expect, it } from "vitest";
import { bytes, hourOf, type Minute, type State, secondsSince, span, worstFirst } from "./operations.logic";

const minute = (part: Partial<Minute>): Minute => ({
  at: "2026-11-22T10:00:00Z",
  waiting_rows: 0,
  lag_seconds: 0,
  rows_per_second: 0,
  jobs_waiting: 0,
  ...part,
});

describe("sizes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_500, "1.5 kB"],
    [9_960, "10 kB"],
    [999_600, "1.0 MB"],
    [12_300_000_000, "12 GB"],
    [3_000_000_000_000_000, "3000 TB"],
  ])("says %d as %s", (value, text) => expect(bytes(value)).toBe(text));
});

describe("spans of time", () => {
  it.each([
    [0, "0秒"],
    [0.42, "0.4秒"],
    [59.9, "59秒"],
    [75, "1分钟"],
    [7_200, "2小时"],
    [200_000, "2天"],
  ])("says %d seconds as %s", (seconds, text) => expect(span(seconds, "zh-CN")).toBe(text));

  it("speaks English too", () => expect(span(3_599, "en")).toBe("59 min"));

  it("counts from the server's moment, never backwards", () => {
    expect(secondsSince("2026-11-22T10:00:00Z", "2026-11-22T10:01:30Z")).toBe(90);
    expect(secondsSince("2026-11-22T10:01:30Z", "2026-11-22T10:00:00Z")).toBe(0);
  });
});

describe("the last hour", () => {
  it("needs two minutes to be a line", () => {
    expect(hourOf([])).toBeNull();
    expect(hourOf([minute({})])).toBeNull();
  });

  it("has its most and its longest; a minute without a predecessor counts as none", () => {
    const hour = hourOf([
      minute({ rows_per_second: null, lag_seconds: 2 }),
      minute({ rows_per_second: 40, lag_seconds: 0.5 }),
      minute({ rows_per_second: 10, lag_seconds: 9 }),
    ]);
    expect(hour).toEqual({ rows: [0, 40, 10], lag: [2, 0.5, 9], most: 40, longest: 9 });
  });
});

it("puts what does not work first and keeps the order of equals", () => {
  const parts = (["ok", "off", "warn", "fail", "ok"] as State[]).map((state, number) => ({ state, number }));
  expect(worstFirst(parts).map(({ number }) => number)).toEqual([3, 2, 0, 4, 1]);
  expect(parts[0]?.state).toBe("ok");
});
