import { describe, expect, it } from "vitest";
import { ALERT_URL, alertQuery, chipOf, chipsFor, countOf, selectedOf, timeLeft, usualChip } from "./alerts.logic";

describe("the chips", () => {
  it("open where the person's own work is", () => {
    expect(usualChip("own")).toBe("mine");
    expect(usualChip("team")).toBe("team");
    expect(usualChip("all")).toBe("all");
    expect(chipOf("stock", "own")).toBe("stock");
    expect(chipOf("nonsense", "own")).toBe("mine");
  });
  it("leave out what an account manager cannot see", () => {
    expect(chipsFor("own")).toEqual(["mine", "overdue", "escalated", "high", "stock", "snoozed", "closed"]);
    expect(chipsFor("all")).toHaveLength(10);
  });
  it("show their numbers", () => {
    const counts = {
      mine: 1,
      team: 2,
      all: 3,
      overdue: 4,
      escalated: 1,
      high: 5,
      stock: 6,
      snoozed: 7,
      unassigned: 8,
      closed_7d: 9,
    };
    expect(countOf("closed", counts)).toBe(9);
    expect(countOf("mine", undefined)).toBeUndefined();
  });
});

describe("what the server is asked", () => {
  it("is open alerts by expected loss unless told otherwise", () => {
    expect(alertQuery("mine", ALERT_URL)).toEqual({ status: "open", scope: "mine", sort: "-expected_loss" });
  });
  it("lets the chip win over a filter of the same name", () => {
    expect(alertQuery("high", { ...ALERT_URL, level: "early", tier: "high" })).toMatchObject({
      level: "high",
      tier: "high",
    });
    expect(alertQuery("snoozed", ALERT_URL)).toMatchObject({ status: "snoozed" });
  });
});

describe("the deadline", () => {
  const now = "2011-09-09T23:00:00Z";
  it("is told in the unit that matters", () => {
    expect(timeLeft("2011-09-09T23:26:00Z", now)).toEqual({ overdue: false, unit: "minutes", count: 26 });
    expect(timeLeft("2011-09-10T04:30:00Z", now)).toEqual({ overdue: false, unit: "hours", count: 5 });
    expect(timeLeft("2011-09-14T23:00:00Z", now)).toEqual({ overdue: false, unit: "days", count: 5 });
  });
  it("says when it has passed", () => {
    expect(timeLeft("2011-09-09T21:00:00Z", now)).toEqual({ overdue: true, unit: "hours", count: 2 });
  });
});

it("forgets selected rows that are no longer shown", () => {
  expect(selectedOf(new Set([1, 2, 9]), [{ id: 2 }, { id: 1 }, { id: 3 }])).toEqual([2, 1]);
});
