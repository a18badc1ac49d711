import { describe, expect, it } from "vitest";
import {
  alertsPath,
  COLUMNS,
  effortsOf,
  leftReasons,
  leftTotal,
  mayChangeMinutes,
  overduePath,
  shareInTime,
  sortedRows,
  sumsOf,
  verdictParts,
} from "./team.logic";
import { dayOf, dayRowOf, handledOf, teamRowOf, unheard } from "./testing/teamOf";

const person = (id: number, name: string) => ({ id, name, team: null });
const wang = teamRowOf({ person: person(1, "wang"), overdue: 4, open: { high: 1, medium: 0, early: 0 } });
const li = teamRowOf({ person: person(2, "li"), overdue: 9, open: { high: 0, medium: 5, early: 1 } });
const zhao = teamRowOf({ person: person(3, "zhao"), overdue: 0, handled: unheard(), open: {} });
const names = (sort: string) => sortedRows([wang, li, zhao], sort).map(({ person: { name } }) => name);

describe("sorting the board", () => {
  it("goes by number, down or up", () => {
    expect(names("-overdue")).toEqual(["li", "wang", "zhao"]);
    expect(names("overdue")).toEqual(["zhao", "wang", "li"]);
    expect(names("-open")).toEqual(["li", "wang", "zhao"]);
  });
  it("puts who has no number last, whichever way", () => {
    expect(names("-median").at(-1)).toBe("zhao");
    expect(names("median").at(-1)).toBe("zhao");
    expect(names("precision").at(-1)).toBe("zhao");
  });
  it("keeps the server's order for a column it does not know and for equals", () => {
    expect(names("-nonsense")).toEqual(["wang", "li", "zhao"]);
    expect(names("-silent")).toEqual(["wang", "li", "zhao"]);
  });
  it("sorts by every column without losing anybody", () => {
    for (const column of COLUMNS) expect(names(`-${column}`).toSorted()).toEqual(["li", "wang", "zhao"]);
  });
});

describe("the total line", () => {
  it("adds what can be added", () => {
    expect(sumsOf([wang, li, zhao])).toEqual({
      customers: 120,
      open: { high: 1, medium: 5, early: 1 },
      overdue: 13,
      silent: 3,
    });
  });
  it("knows no share without deadlines", () => {
    expect(shareInTime(handledOf({ in_time: 3, with_deadline: 4 }))).toBe(0.75);
    expect(shareInTime(unheard())).toBeNull();
  });
});

describe("the verdict mix", () => {
  it("leaves out what was not given; the shares add up to one", () => {
    const parts = verdictParts(handledOf({ verdicts: { valid: 3, known: 1, false_alarm: 0 } }));
    expect(parts.map(({ key, count }) => [key, count])).toEqual([
      ["valid", 3],
      ["known", 1],
    ]);
    expect(parts.reduce((sum, { share }) => sum + share, 0)).toBe(1);
  });
  it("is empty where nobody judged", () => {
    expect(verdictParts(unheard())).toEqual([]);
  });
});

describe("where the numbers lead", () => {
  it("opens the person's alerts and overdue tasks", () => {
    expect(alertsPath("all", 3, "high")).toBe("/alerts?chip=all&level=high&owner=3");
    expect(overduePath("team", 3)).toBe("/tasks?view=overdue&scope=team&owner=3");
  });
  it("opens everybody's from the total line", () => {
    expect(alertsPath("all", null, "early")).toBe("/alerts?chip=all&level=early");
    expect(overduePath("all", null)).toBe("/tasks?view=overdue&scope=all");
  });
  it("keeps those who see only their own to their own lists", () => {
    expect(alertsPath("own", 3, "medium")).toBe("/alerts?chip=mine&level=medium");
    expect(overduePath("own", 3)).toBe("/tasks?view=overdue");
  });
});

describe("the day", () => {
  const can =
    (...granted: string[]) =>
    (permission: string) =>
      granted.includes(permission);
  it("lets people change their own minutes, and who assigns those of others", () => {
    expect(mayChangeMinutes(dayRowOf(), 2, can("handle"))).toBe(true);
    expect(mayChangeMinutes(dayRowOf(), 9, can("handle"))).toBe(false);
    expect(mayChangeMinutes(dayRowOf(), 9, can("assign"))).toBe(true);
    expect(mayChangeMinutes(dayRowOf(), 2, can())).toBe(false);
  });
  it("changes no minutes of somebody who is away: they have none", () => {
    expect(mayChangeMinutes(dayRowOf({ away: true }), 2, can("handle", "assign"))).toBe(false);
  });
  it("counts who is left out by reason", () => {
    const row = dayRowOf({ left_counts: { stock: 4, no_time: 2, done_today: 0 } });
    expect(leftReasons(row)).toEqual([
      { key: "no_time", count: 2 },
      { key: "stock", count: 4 },
    ]);
    expect(leftTotal(row)).toBe(6);
    expect(leftTotal(dayRowOf())).toBe(0);
  });
  it("sends every level's minutes", () => {
    expect(effortsOf(dayOf([]).efforts)).toEqual({ minutes: { high: 45, medium: 30, early: 15 }, per_day: 120 });
    expect(effortsOf({ minutes: {}, per_day: 60 }).minutes).toEqual({ high: 0, medium: 0, early: 0 });
  });
});
