import type { WorkItem } from "../tasks.logic";

export const COLUMNS = ["todo", "doing", "done"] as const;
export type Column = (typeof COLUMNS)[number];

/** The column beside one, -1 to the left and 1 to the right; null at the edge. */
export function beside(column: Column, by: -1 | 1): Column | null {
  return COLUMNS[COLUMNS.indexOf(column) + by] ?? null;
}

/** Whether a task may be dropped there. */
export const mayMove = (item: Pick<WorkItem, "status">, to: Column): boolean => item.status !== to;

/** What the server is asked for next on the way to a column, null where the task is there: a finished one is opened first. */
export function stepTo(item: Pick<WorkItem, "status">, to: Column): Column | null {
  if (!mayMove(item, to)) return null;
  return item.status === "done" ? "todo" : to;
}
