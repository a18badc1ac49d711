import type { Schemas } from "@/shared/api/client";
import type { Level } from "@/shared/lib/risk";

export type Team = Schemas["TeamBoard"];
export type TeamRow = Schemas["TeamRow"];
export type Handled = Schemas["HandledOut"];
export type Day = Schemas["DayOut"];
export type DayRow = Schemas["DayRow"];
export type Efforts = Schemas["EffortsIn"];
type Reach = Schemas["WorkspaceOut"]["scope"];

export const TEAM_URL = { tab: "morning", sort: "-open", own: "" };
export const TABS = ["morning", "day"] as const;

/** Levels that raise alerts, the worst first. */
export const OPEN_LEVELS = ["high", "medium", "early"] as const satisfies readonly Level[];
export const VERDICTS = ["valid", "too_late", "known", "false_alarm"] as const;
export const LEFT = ["no_time", "snoozed", "done_today", "stock"] as const;

export const COLUMNS = ["open", "overdue", "silent", "median", "inTime", "escalated", "precision"] as const;
export type Column = (typeof COLUMNS)[number];

export function shareInTime({ in_time, with_deadline }: Handled): number | null {
  return with_deadline ? in_time / with_deadline : null;
}

export const openOf = (row: TeamRow) => OPEN_LEVELS.reduce((sum, level) => sum + (row.open[level] ?? 0), 0);

const VALUE: Record<Column, (row: TeamRow) => number | null> = {
  open: openOf,
  overdue: (row) => row.overdue,
  silent: (row) => row.silent,
  median: (row) => row.handled.median_hours,
  inTime: (row) => shareInTime(row.handled),
  escalated: (row) => row.handled.escalated,
  precision: (row) => row.handled.precision?.value ?? null,
};

/** In the order asked for; who has no number comes last either way, equals stay as the server has them. */
export function sortedRows(rows: readonly TeamRow[], sort: string): TeamRow[] {
  const column = COLUMNS.find((name) => sort === name || sort === `-${name}`);
  if (!column) return [...rows];
  const sign = sort.startsWith("-") ? -1 : 1;
  const value = VALUE[column];
  return [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one - other);
  });
}

export interface Sums {
  customers: number;
  open: Record<string, number>;
  overdue: number;
  silent: number;
}

/** What the total line adds up; answers and verdicts come from the server, since a median cannot be added. */
export function sumsOf(rows: readonly TeamRow[]): Sums {
  const sum = (value: (row: TeamRow) => number) => rows.reduce((total, row) => total + value(row), 0);
  return {
    customers: sum((row) => row.customers),
    open: Object.fromEntries(OPEN_LEVELS.map((level) => [level, sum((row) => row.open[level] ?? 0)])),
    overdue: sum((row) => row.overdue),
    silent: sum((row) => row.silent),
  };
}

/** A person's open alerts of a level. Who sees only their own has no list of 全部. */
export function alertsPath(reach: Reach, person: number | null, level: Level): string {
  if (reach === "own") return `/alerts?chip=mine&level=${level}`;
  return `/alerts?chip=all&level=${level}${person === null ? "" : `&owner=${person}`}`;
}

/** Overdue tasks likewise; 团队 of somebody who sees everything is only their own team, so theirs is 全部. */
export function overduePath(reach: Reach, person: number | null): string {
  if (reach === "own") return "/tasks?view=overdue";
  const scope = reach === "all" ? "all" : "team";
  return `/tasks?view=overdue&scope=${scope}${person === null ? "" : `&owner=${person}`}`;
}

/** Verdicts with their share of all, for the bar; those that were not given are left out. */
export function verdictParts({
  verdicts,
}: Handled): { key: (typeof VERDICTS)[number]; count: number; share: number }[] {
  const all = VERDICTS.reduce((sum, key) => sum + (verdicts[key] ?? 0), 0);
  return VERDICTS.map((key) => ({
    key,
    count: verdicts[key] ?? 0,
    share: all ? (verdicts[key] ?? 0) / all : 0,
  })).filter(({ count }) => count > 0);
}

/** Whether the reader may change this person's minutes: their own, or anybody's who assigns. */
export function mayChangeMinutes(
  row: DayRow,
  me: number | null,
  can: (permission: "handle" | "assign") => boolean,
): boolean {
  if (row.away) return false;
  return row.person.id === me ? can("handle") : can("assign");
}

export function leftReasons(row: DayRow): { key: (typeof LEFT)[number]; count: number }[] {
  return LEFT.map((key) => ({ key, count: row.left_counts[key] ?? 0 })).filter(({ count }) => count > 0);
}

export const leftTotal = (row: DayRow) => leftReasons(row).reduce((sum, { count }) => sum + count, 0);

/** The minutes of the four fields, none forgotten. */
export function effortsOf({ minutes, per_day }: Schemas["EffortsOut"]): Efforts {
  return { minutes: Object.fromEntries(OPEN_LEVELS.map((level) => [level, minutes[level] ?? 0])), per_day };
}
