import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** Reads the session again; pages move on by themselves when it has changed. */
export function useRefreshSession(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () => client.refetchQueries({ predicate: ({ queryKey }) => queryKey[1] === "/api/v1/session" }),
    [client],
  );
}
