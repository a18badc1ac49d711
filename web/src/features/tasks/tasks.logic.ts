import type { Schemas } from "@/shared/api/client";
import { daysUntil } from "@/shared/lib/dates";

export type WorkItem = Schemas["WorkItemOut"];

export const VIEWS = ["open", "overdue", "today", "week", "done"] as const;
export type View = (typeof VIEWS)[number];

export const GROUPS = ["overdue", "today", "week", "later", "none"] as const;
export type Group = (typeof GROUPS)[number];

const DAYS_OF_WEEK = 7;

/** 已超时, 今天, 本周 (the next seven days, as the server counts them), 以后, 未定日期. */
export function groupOf(item: Pick<WorkItem, "due_at" | "is_overdue">, now: string, zone: string): Group {
  if (item.is_overdue) return "overdue";
  if (item.due_at === null) return "none";
  const days = daysUntil(item.due_at, now, zone);
  if (days <= 0) return "today";
  return days < DAYS_OF_WEEK ? "week" : "later";
}

/** The groups that have items, in the order of urgency; within a group the server's order stays. */
export function grouped(items: readonly WorkItem[], now: string, zone: string): { group: Group; items: WorkItem[] }[] {
  return GROUPS.map((group) => ({ group, items: items.filter((item) => groupOf(item, now, zone) === group) })).filter(
    ({ items: some }) => some.length > 0,
  );
}

/** What the server is asked for. */
export function queryOf(view: View) {
  if (view === "done") return { status: "done" };
  return view === "open" ? { status: "open" } : { status: "open", due: view };
}
