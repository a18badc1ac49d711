import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { isOver } from "./persons.logic";

/** Follows a request until it is over. */
export function usePersonRequest(id: number | null): Schemas["PersonRequestOut"] | undefined {
  const path = { slug: useSlug(), request_id: id ?? 0 };
  const { data } = api.useQuery(
    "get",
    "/api/v1/w/{slug}/person-requests/{request_id}",
    { params: { path } },
    {
      enabled: id !== null,
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 900),
    },
  );
  return id === null ? undefined : data;
}
