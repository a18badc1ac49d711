import type { Schemas } from "@/shared/api/client";
import type { Language } from "@/shared/lib/format";

export type Operations = Schemas["OperationsOut"];
export type State = Operations["state"];
export type Minute = Operations["live"]["history"][number];

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** 1,234,567,890 → "1.2 GB"; three digits at most. */
export function bytes(value: number): string {
  let [rest, unit] = [value, 0];
  while (rest >= 999.5 && unit < UNITS.length - 1) [rest, unit] = [rest / 1000, unit + 1];
  const digits = unit === 0 || rest >= 9.95 ? 0 : 1;
  return `${rest.toFixed(digits)} ${UNITS[unit]}`;
}

/** 0.42 → "0.4秒", 75 → "1分钟", 7,200 → "2小时", 200,000 → "2天": one unit, rounded down past ten seconds. */
export function span(seconds: number, language: Language): string {
  const say = (value: number, unit: "second" | "minute" | "hour" | "day") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(
      value,
    );
  if (seconds < 10) return say(seconds, "second");
  if (seconds < 60) return say(Math.floor(seconds), "second");
  if (seconds < 3600) return say(Math.floor(seconds / 60), "minute");
  if (seconds < 172_800) return say(Math.floor(seconds / 3600), "hour");
  return say(Math.floor(seconds / 86_400), "day");
}

/** Seconds from `since` until `now`, never negative. */
export function secondsSince(since: string, now: string): number {
  return Math.max((Date.parse(now) - Date.parse(since)) / 1000, 0);
}

/** What the last hour's lines show; null while there is less than two minutes. */
export function hourOf(
  history: readonly Minute[],
): { rows: number[]; lag: number[]; most: number; longest: number } | null {
  if (history.length < 2) return null;
  const rows = history.map((minute) => minute.rows_per_second ?? 0);
  const lag = history.map((minute) => minute.lag_seconds);
  return { rows, lag, most: Math.max(...rows), longest: Math.max(...lag) };
}

/** A state's look; the word beside it always says the same. */
export const LOOK: Record<State, string> = {
  ok: "risk-normal",
  warn: "risk-early",
  fail: "risk-high",
  off: "operations-off",
};

/** What wants doing first. */
const ORDER: readonly State[] = ["fail", "warn", "ok", "off"];

export function worstFirst<Part extends { state: State }>(parts: readonly Part[]): Part[] {
  return [...parts].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
}
