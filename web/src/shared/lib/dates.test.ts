import { describe, expect, it } from "vitest";
import { clock, day, daysUntil, dayTime, isSameDay, month, relative, startOfDay } from "./dates";

const london = "Europe/London";
const shanghai = "Asia/Shanghai";
const opening = "2011-09-09T23:00:00Z";

describe("dates are those of the workspace's zone", () => {
  it("turns one instant into two calendar days", () => {
    expect(day(opening, london)).toBe("2011-09-10");
    expect(dayTime(opening, london)).toBe("2011-09-10 00:00");
    expect(dayTime(opening, shanghai)).toBe("2011-09-10 07:00");
    expect(clock(opening, shanghai)).toBe("07:00");
  });
  it("counts calendar days, not spans of 24 hours", () => {
    expect(daysUntil("2011-09-11T20:00:00Z", opening, london)).toBe(1);
    expect(daysUntil("2011-09-25", opening, london)).toBe(15);
    expect(daysUntil("2011-09-01", opening, london)).toBe(-9);
  });
  it("knows the same day and the start of another", () => {
    expect(isSameDay("2011-09-10T08:00:00Z", opening, london)).toBe(true);
    expect(startOfDay(opening, london, 7)).toBe("2011-09-16T23:00:00.000Z");
  });
  it("does not move a date without a time", () => {
    expect(month("2011-09-01")).toBe("2011-09");
  });
  it("speaks from the workspace's clock", () => {
    expect(relative("2011-09-06T23:00:00Z", opening, "zh-CN")).toBe("3 天前");
    expect(relative("2011-09-06T23:00:00Z", opening, "en")).toBe("3 days ago");
  });
});
