import { useSearchParams } from "react-router";

const BETWEEN = "~";

export const readTrail = (text: string | null): string[] => (text === null ? [] : text.split(BETWEEN));
export const writeTrail = (trail: readonly string[]): string | null => (trail.length ? trail.join(BETWEEN) : null);

/** Cursor and trail in the address (`cursor`, `trail`), so that back, forward and reload keep the page. */
export function usePager() {
  const [search, setSearch] = useSearchParams();
  return {
    cursor: search.get("cursor") ?? "",
    trail: readTrail(search.get("trail")),
    onGo: (cursor: string, trail: readonly string[]) =>
      setSearch((current) => {
        const next = new URLSearchParams(current);
        const text = writeTrail(trail);
        for (const [key, value] of [
          ["cursor", cursor || null],
          ["trail", text],
        ] as const) {
          if (value === null) next.delete(key);
          else next.set(key, value);
        }
        return next;
      }),
  };
}

/** Give to useUrlState as `resets`: a new filter starts at the first page. */
export const PAGER_KEYS = ["cursor", "trail"] as const;
