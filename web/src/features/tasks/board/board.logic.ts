import type { WorkItem } from "../tasks.logic";

export const COLUMNS = ["todo", "doing", "done"] as const;
export type Column = (typeof COLUMNS)[number];

/** The column beside one, -1 to the left and 1 to the right; null at the edge. */
export function beside(column: Column, by: -1 | 1): Column | null {
  return COLUMNS[COLUMNS.indexOf(column) + by] ?? null;
}

/** Whether a task may be dropped there. */
export const mayMove = (item: Pick<WorkItem, "status">, to: Column): boolean => item.status !== to;

/** What the server is asked for when a task is moved to a column: a finished one is opened before it is claimed. */
export function movesTo(item: Pick<WorkItem, "status">, to: Column): Column[] {
  if (!mayMove(item, to)) return [];
  return item.status === "done" && to === "doing" ? ["todo", "doing"] : [to];
}
