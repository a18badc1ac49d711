import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

export type UrlValues = Record<string, string>;

/** The values in the address, falling back to the defaults. Unknown parameters are left alone. */
export function readUrl<T extends UrlValues>(search: URLSearchParams, defaults: T): T {
  return Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, search.get(key) ?? value])) as T;
}

/** The address after a change: defaults are not written, and `resets` (such as a cursor) are dropped. */
export function writeUrl<T extends UrlValues>(
  search: URLSearchParams,
  defaults: T,
  change: Partial<T>,
  resets: readonly string[] = [],
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const key of resets) if (!(key in change)) next.delete(key);
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined || value === defaults[key]) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** Filters, tabs and pages live in the address: `const [values, change] = useUrlState({ level: "", cursor: "" }, ["cursor"])`. */
export function useUrlState<T extends UrlValues>(
  defaults: T,
  resets: readonly string[] = [],
): [T, (change: Partial<T>, options?: { replace?: boolean }) => void] {
  const [search, setSearch] = useSearchParams();
  const key = JSON.stringify([defaults, resets]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: callers pass literals; the key compares them by value
  const stable = useMemo(() => ({ defaults, resets }), [key]);
  const values = useMemo(() => readUrl(search, stable.defaults), [search, stable]);
  const change = useCallback(
    (next: Partial<T>, options: { replace?: boolean } = {}) =>
      setSearch((current) => writeUrl(current, stable.defaults, next, stable.resets), options),
    [setSearch, stable],
  );
  return [values, change];
}
