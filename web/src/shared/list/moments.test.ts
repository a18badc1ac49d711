import { expect, it } from "vitest";
import { dateAfter, morning, morningOf } from "./moments";

const now = "2011-09-09T23:00:00Z";

it("a chosen day means nine in the morning where the workspace is", () => {
  expect(morning(now, "Europe/London", 1)).toBe("2011-09-11T08:00:00.000Z");
  expect(morning(now, "Asia/Shanghai", 1)).toBe("2011-09-11T01:00:00.000Z");
});

it("a date from a field is that date there", () => {
  expect(morningOf("2011-09-12", now, "Europe/London")).toBe("2011-09-12T08:00:00.000Z");
});

it("the clock's day is the local one", () => {
  expect(dateAfter(now, "Europe/London", 0)).toBe("2011-09-10");
  expect(dateAfter(now, "Europe/London", 7)).toBe("2011-09-17");
});
