import type { Schemas } from "@/shared/api/client";
import type { Level } from "@/shared/lib/risk";

export type Report = Schemas["ReportOut"];
export type ReportRow = Schemas["ReportRow"];
export type Leaver = Schemas["LeaverOut"];

export const WORST_FIRST = ["high", "medium", "early", "normal"] as const satisfies readonly Level[];
export const OUTCOMES = ["renewed", "repurchased", "churned", "paused", "unsaveable"] as const;
export const CLOSINGS = ["calmed", "handled", "outcome", "lost", "false_alarm", "known"] as const;
type Closing = (typeof CLOSINGS)[number] | "other";

/** The chosen week as a date, or nothing for the seven days until today. */
export const weekOf = (text: string | undefined) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? (text ?? null) : null);

export const reportPath = (week: string | null) => (week === null ? "/reports" : `/reports/${week}`);

/** The address of the Excel file: the same route for everybody, the server keeps to the reader's slice. */
export function bookUrl(slug: string, week: string | null): string {
  return `/api/v1/w/${slug}/reports/${week === null ? "now.xlsx" : `${week}/file.xlsx`}`;
}

export interface LevelLine {
  level: Level;
  now: number;
  /** Nothing where the week before was not kept. */
  before: number | null;
}

export function levelLines({ levels, levels_before }: Report): LevelLine[] {
  const kept = Object.keys(levels_before).length > 0;
  return WORST_FIRST.map((level) => ({
    level,
    now: levels[level] ?? 0,
    before: kept ? (levels_before[level] ?? 0) : null,
  }));
}

export interface Counted<K extends string> {
  key: K;
  count: number;
}

export function outcomesOf({ outcomes }: Report): Counted<(typeof OUTCOMES)[number]>[] {
  return OUTCOMES.map((key) => ({ key, count: outcomes[key] ?? 0 })).filter(({ count }) => count > 0);
}

/** By reason, the known ones in their order; reasons of a newer server are counted together. */
export function closingsOf({ closed }: Report): Counted<Closing>[] {
  const known: Counted<Closing>[] = CLOSINGS.map((key) => ({ key, count: closed[key] ?? 0 }));
  const all = Object.values(closed).reduce((sum, count) => sum + count, 0);
  const other = all - known.reduce((sum, { count }) => sum + count, 0);
  return [...known, { key: "other" as const, count: other }].filter(({ count }) => count > 0);
}
