import { describe, expect, it } from "vitest";
import { timelineItemOf } from "./testing/timelineItemOf";
import { amountBeside, byDay, chipsOf, groupOf, isMoney } from "./timeline.logic";

describe("the timeline", () => {
  it("has chips for what happened, most common first", () => {
    expect(chipsOf({ order: 3, message: 9, ticket: 0 })).toEqual([
      { key: "all", count: 12 },
      { key: "message", count: 9 },
      { key: "order", count: 3 },
    ]);
  });
  it("puts one heading over each local day", () => {
    const items = ["2011-09-09T22:00:00Z", "2011-09-09T10:00:00Z", "2011-09-08T10:00:00Z"].map((at, id) =>
      timelineItemOf({ id: String(id), at }),
    );
    const days = byDay(items, (moment) => moment.slice(0, 10));
    expect(days.map(({ day, items: some }) => [day, some.length])).toEqual([
      ["2011-09-09", 2],
      ["2011-09-08", 1],
    ]);
  });
  it("knows which values are money", () => {
    expect(isMoney("order")).toBe(true);
    expect(isMoney("survey")).toBe(false);
  });
  it("does not tell an amount twice", () => {
    expect(amountBeside(timelineItemOf({ title: "订单 565432", value: 318.4 }))).toBe(318.4);
    expect(amountBeside(timelineItemOf({ title: "下单 £21,536", value: 21_535.9 }))).toBeNull();
    expect(amountBeside(timelineItemOf({ group: "survey", value: 9 }))).toBeNull();
  });
  it("falls back where the address names no kind", () => {
    expect(groupOf("message")).toBe("message");
    expect(groupOf("nonsense")).toBeNull();
  });
});
