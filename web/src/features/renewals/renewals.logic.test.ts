import { describe, expect, it } from "vitest";
import { isReady, isStatus, openCount, patchOf, progressOf, whoseOf, windowOf } from "./renewals.logic";
import { renewalOf } from "./testing/renewalOf";

describe("REN-01 the ledger", () => {
  it("opens with the next ninety days of the reader's own", () => {
    expect(windowOf("")).toBe("90");
    expect(windowOf("overdue")).toBe("overdue");
    expect(whoseOf("", "own")).toBe("mine");
    expect(whoseOf("", "all")).toBe("all");
    expect(whoseOf("mine", "all")).toBe("mine");
  });
  it("asks why where a customer does not renew", () => {
    const progress = { ...progressOf(renewalOf()), status: "declined" as const };
    expect(isReady(progress)).toBe(false);
    expect(isReady({ ...progress, reason: "  " })).toBe(false);
    expect(isReady({ ...progress, reason: "价格" })).toBe(true);
  });
  it("takes a forecast between 0 and 100 percent, or none", () => {
    const progress = progressOf(renewalOf());
    expect(progress.forecast).toBe("");
    expect(isReady({ ...progress, forecast: "65" })).toBe(true);
    expect(isReady({ ...progress, forecast: "165" })).toBe(false);
    expect(isReady({ ...progress, forecast: "x" })).toBe(false);
  });
  it("sends only what changed", () => {
    const row = renewalOf({ next_step: "报价" });
    expect(patchOf(row, progressOf(row))).toEqual({});
    expect(patchOf(row, { ...progressOf(row), status: "talking", forecast: "65", nextStepOn: "2011-09-14" })).toEqual({
      status: "talking",
      forecast: 0.65,
      next_step_on: "2011-09-14",
    });
  });
  it("counts what is still to be decided", () => {
    const by_status = { not_started: 3, talking: 2, quoted: 1, renewed: 4, declined: 1 };
    expect(openCount({ window: "30", count: 11, amount: 1, forecast_amount: 1, by_status })).toBe(6);
    expect(isStatus("quoted")).toBe(true);
    expect(isStatus("all")).toBe(false);
  });
});
