import type { Schemas } from "@/shared/api/client";

export type TimelineItem = Schemas["TimelineItem"];

export const GROUPS = [
  "order",
  "message",
  "ticket",
  "payment",
  "survey",
  "contract",
  "use",
  "visit",
  "campaign",
  "alert",
  "work",
  "outcome",
  "score",
  "other",
] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf(text: string): Group | null {
  return GROUPS.find((group) => group === text) ?? null;
}

/** Chips only for what has happened, most common first; `all` counts everything. */
export function chipsOf(counts: Record<string, number>): { key: Group | "all"; count: number }[] {
  const present = GROUPS.filter((group) => (counts[group] ?? 0) > 0).map((key) => ({ key, count: counts[key] ?? 0 }));
  present.sort((a, b) => b.count - a.count);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [{ key: "all", count: all }, ...present];
}

/** One heading per local day; the server's order stays. */
export function byDay(
  items: readonly TimelineItem[],
  dayOf: (moment: string) => string,
): { day: string; items: TimelineItem[] }[] {
  const days: { day: string; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

/** Amounts stand beside orders, payments and contracts; elsewhere the value is another measure. */
export function isMoney(group: string): boolean {
  return group === "order" || group === "payment" || group === "contract";
}

/** The amount beside a row, unless its title tells it already. */
export function amountBeside({ group, title, value }: TimelineItem): number | null {
  if (value === null || !isMoney(group)) return null;
  const told = Math.round(Math.abs(value)).toLocaleString("en-US");
  return title.includes(told) ? null : value;
}
