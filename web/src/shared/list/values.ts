/** Filters in the address hold several values as `a,b`. */
export const splitValues = (text: string): string[] => (text ? text.split(",") : []);
export const joinValues = (values: readonly string[]): string => values.join(",");

/** What a saved view keeps: the filters in a fixed order, without the place in the list or an open drawer. */
export function viewQuery(search: URLSearchParams, without: readonly string[]): string {
  const kept = [...search].filter(([key, value]) => value !== "" && !without.includes(key));
  kept.sort(([a], [b]) => a.localeCompare(b));
  return new URLSearchParams(kept).toString();
}

/** How many of the filters are set. */
export function countSet(values: Record<string, string>, keys: readonly string[]): number {
  return keys.filter((key) => values[key]).length;
}

/** Absent instead of empty, so that the address of the request stays short. */
export function withoutEmpty<T extends Record<string, unknown>>(query: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== "" && value !== undefined && value !== false),
  ) as Partial<T>;
}

/** `-score` → the same column, ascending; a new column starts with the direction that shows the worst first. */
export function nextSort(current: string, column: string, firstDescending = true): string {
  const descending = `-${column}`;
  if (current === descending) return column;
  if (current === column) return descending;
  return firstDescending ? descending : column;
}
