import type { Day, DayRow, Handled, Team, TeamRow } from "../team.logic";

/** How somebody answered, for tests. */
export function handledOf(change: Partial<Handled> = {}): Handled {
  return {
    told: 10,
    answered: 8,
    median_hours: 3.5,
    in_time: 6,
    with_deadline: 8,
    escalated: 1,
    verdicts: { valid: 6, false_alarm: 2, known: 1, too_late: 1 },
    precision: { value: 7 / 9, low: 0.45, high: 0.94, n: 9 },
    ...change,
  };
}

export const unheard = () =>
  handledOf({ told: 0, answered: 0, median_hours: null, with_deadline: 0, in_time: 0, verdicts: {}, precision: null });

/** A line of the morning board for tests. */
export function teamRowOf(change: Partial<TeamRow> = {}): TeamRow {
  return {
    person: { id: 2, name: "王芳", team: "华东组" },
    away: false,
    customers: 40,
    open: { high: 2, medium: 3, early: 0 },
    overdue: 4,
    silent: 1,
    handled: handledOf(),
    ...change,
  };
}

export function teamOf(rows: TeamRow[], change: Partial<Team> = {}): Team {
  return {
    as_of: "2011-09-09T07:00:00Z",
    days: 30,
    silent_days: 30,
    rows,
    total: handledOf({ told: 12, answered: 9, median_hours: 5 }),
    unowned: 0,
    ...change,
  };
}

type Item = DayRow["chosen"][number];

export function dayItemOf(change: Partial<Item> = {}): Item {
  return {
    alert_id: 31,
    customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
    level: "high",
    score: 93,
    expected_loss: 24_000,
    minutes: 45,
    promised: false,
    reason: "近 30 天下单减少 62%",
    why_left: null,
    ...change,
  };
}

/** One person's day for tests. */
export function dayRowOf(change: Partial<DayRow> = {}): DayRow {
  return {
    person: { id: 2, name: "王芳", team: "华东组" },
    away: false,
    minutes: 120,
    own_minutes: false,
    used: 45,
    expected_loss: 24_000,
    chosen: [dayItemOf()],
    left: [],
    left_counts: {},
    ...change,
  };
}

export function dayOf(rows: DayRow[]): Day {
  const efforts = { minutes: { high: 45, medium: 30, early: 15 }, per_day: 120 };
  return { as_of: "2011-09-09T07:00:00Z", efforts, rows };
}
