import type { Schemas } from "@/shared/api/client";

export type Backtest = Schemas["BacktestOut"];
export type Subject = Schemas["BacktestSubject"];
export type Figures = Schemas["FiguresOut"];
export type Interval = Schemas["Interval"];
export type Origin = Schemas["OriginOut"];
export type Named = Schemas["BacktestCustomer"];
export type Every = Backtest["every"];

export interface Settings {
  every: Every;
  /** Local days; empty = all the history there is. */
  start: string;
  end: string;
  horizon: number | null;
}

export function bodyOf(subject: Subject, { every, start, end, horizon }: Settings): Schemas["BacktestIn"] {
  return {
    subject,
    every,
    ...(start && { start }),
    ...(end && { end }),
    ...(horizon !== null && { horizon_days: horizon }),
  };
}

export const isGoing = ({ status }: Pick<Backtest, "status">) => status === "queued" || status === "running";

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(known.sort(([a], [b]) => a.localeCompare(b)).map(([key, part]) => [key, sorted(part)]));
}

/** Whether two backtests ask the same, however their keys are ordered. */
export function sameSubject(a: Subject, b: Subject): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Whether a backtest is about this thing, if perhaps about another state of it: the same rule, signal or score. */
export function isAbout(run: Subject, subject: Subject): boolean {
  if (run.kind !== subject.kind) return false;
  if (run.kind === "rule") return subject.rule_id ? run.rule_id === subject.rule_id : sameSubject(run, subject);
  return run.kind === "signal" ? run.signal === subject.signal : true;
}

export type FigureName = "precision" | "recall" | "lift" | "lead_days" | "base_rate";
export interface FigureRow {
  name: FigureName;
  unit: "share" | "times" | "days";
}

/** The figures with an interval, in the order in which they answer: is it right, is it complete, is it better, is it early? */
export const FIGURES: readonly FigureRow[] = [
  { name: "precision", unit: "share" },
  { name: "base_rate", unit: "share" },
  { name: "lift", unit: "times" },
  { name: "recall", unit: "share" },
  { name: "lead_days", unit: "days" },
];

export const LISTS = ["caught", "missed", "false_alarms"] as const;
export type ListName = (typeof LISTS)[number];

export const PAGE = 10;

const BAR_HITS = "#C9252D";
const BAR_OTHERS = "#C3CAD8";

/** Customers named at each moment, split by whether they were lost. All the lost are far more: they stand in the table. */
export function chartOption(origins: readonly Origin[], words: { hits: string; others: string }) {
  return {
    grid: { left: 44, right: 16, top: 34, bottom: 28 },
    tooltip: { trigger: "axis" },
    legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 8 },
    xAxis: { type: "category", data: origins.map(({ as_of }) => as_of), axisTick: { show: false } },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#E9ECF1" } } },
    series: [
      { name: words.hits, type: "bar", stack: "named", color: BAR_HITS, data: origins.map(({ hits }) => hits) },
      {
        name: words.others,
        type: "bar",
        stack: "named",
        color: BAR_OTHERS,
        data: origins.map(({ flagged, hits }) => flagged - hits),
      },
    ],
  };
}
