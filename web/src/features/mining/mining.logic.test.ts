import { describe, expect, it } from "vitest";
import { bestThreshold, interval, isGoing, percent } from "./mining.logic";

describe("what a search of the past says", () => {
  it("is going on while its job waits or runs", () => {
    expect(
      (["queued", "running", "done", "failed", "cancelled"] as const).map((status) => isGoing({ status })),
    ).toEqual([true, true, false, false, false]);
  });

  it("writes shares as whole per cent, with their interval", () => {
    expect(percent(0.614)).toBe("61%");
    expect(interval(0.614, 0.55, 0.674)).toBe("61% [55%–67%]");
  });

  it("prefers the threshold that catches most for its alerts", () => {
    const steps = [
      { at: 0.2, caught: 10, more_alerts: 90 },
      { at: 0.6, caught: 6, more_alerts: 6 },
      { at: 1, caught: 0, more_alerts: 0 },
    ];
    expect(bestThreshold(steps)?.at).toBe(0.6);
    expect(bestThreshold([{ at: 1, caught: 0, more_alerts: 3 }])).toBeNull();
  });
});
