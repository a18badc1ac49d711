import { api } from "../api/client";
import { useSlug } from "../session/SessionContext";

const RARELY = 5 * 60_000;

/** People that customers and work can be given to. */
export function useOwners() {
  const slug = useSlug();
  return api.useQuery("get", "/api/v1/w/{slug}/owners", { params: { path: { slug } } }, { staleTime: RARELY });
}

/** The workspace's segments, asked for when a filter is opened: the board is the only place that lists them. */
export function useSegments(enabled: boolean): string[] {
  const slug = useSlug();
  const board = api.useQuery(
    "get",
    "/api/v1/w/{slug}/dashboard",
    { params: { path: { slug } } },
    { staleTime: RARELY, enabled },
  );
  return board.data?.segments ?? [];
}
