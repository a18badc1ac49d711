import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const RULES = /\/w\/\{slug\}\/(rules|customers\/\{customer_id\}\/why)/;

/** Lists, pages and answers about rules; not the catalogue, nor who would match a document. */
export function showsRules(key: QueryKey): boolean {
  const path = key[1];
  return typeof path === "string" && RULES.test(path) && !/\/rules\/(catalogue|count)$/.test(path);
}

/** Call after a change of a rule. */
export function useRefreshRules(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ predicate: ({ queryKey }) => showsRules(queryKey) }), [client]);
}
