import type { WorkItem } from "../tasks.logic";

export const COLUMNS = ["todo", "doing", "done"] as const;
export type Column = (typeof COLUMNS)[number];

/** The column beside one, -1 to the left and 1 to the right; null at the edge. */
export function beside(column: Column, by: -1 | 1): Column | null {
  return COLUMNS[COLUMNS.indexOf(column) + by] ?? null;
}

/** Whether a task may be dropped there: what is in hand goes back to 待办 only by being finished and opened again. */
export function mayMove(item: Pick<WorkItem, "status">, to: Column): boolean {
  return item.status !== to && !(item.status === "doing" && to === "todo");
}

/** What the server is asked for when a task is moved to a column: an open one claimed, a finished one opened first. */
export function movesTo(item: Pick<WorkItem, "status">, to: Column): Column[] {
  if (!mayMove(item, to)) return [];
  return item.status === "done" && to === "doing" ? ["todo", "doing"] : [to];
}
