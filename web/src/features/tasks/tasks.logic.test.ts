import { describe, expect, it } from "vitest";
import { grouped, groupOf, queryOf } from "./tasks.logic";
import { workItemOf } from "./testing/workItemOf";

const now = "2011-09-09T23:00:00Z";
const zone = "Europe/London";
const due = (due_at: string | null, is_overdue = false) => groupOf({ due_at, is_overdue }, now, zone);

describe("work is grouped by when it is due, on the workspace's calendar", () => {
  it("today is the local day", () => {
    expect(due("2011-09-10T16:00:00Z")).toBe("today");
    expect(due("2011-09-10T23:30:00Z")).toBe("week");
  });
  it("the week is the next seven days", () => {
    expect(due("2011-09-16T08:00:00Z")).toBe("week");
    expect(due("2011-09-17T08:00:00Z")).toBe("later");
  });
  it("overdue is the server's word", () => {
    expect(due("2011-09-10T16:00:00Z", true)).toBe("overdue");
  });
  it("work without a date comes last", () => {
    expect(due(null)).toBe("none");
  });
});

it("leaves empty groups out and puts the urgent first", () => {
  const items = [workItemOf({ id: 1, due_at: null }), workItemOf({ id: 2, is_overdue: true })];
  expect(grouped(items, now, zone).map(({ group }) => group)).toEqual(["overdue", "none"]);
});

it("asks the server for open work unless done work is wanted", () => {
  expect(queryOf("open")).toEqual({ status: "open" });
  expect(queryOf("week")).toEqual({ status: "open", due: "week" });
  expect(queryOf("done")).toEqual({ status: "done" });
});
