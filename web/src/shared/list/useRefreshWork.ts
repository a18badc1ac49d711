import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const WORK = /\/w\/\{slug\}\/(alerts|work-items|today|customers|renewals|dashboard|notices|tickets)/;

/** One change of an alert, a work item or a customer shows on all of these; settings and sources stay as they are. */
export function showsWork(key: QueryKey): boolean {
  return typeof key[1] === "string" && WORK.test(key[1]);
}

/** Call after a change: every open list, count and page that may show it is read again. */
export function useRefreshWork(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ predicate: ({ queryKey }) => showsWork(queryKey) }), [client]);
}
