import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const LOYALTY = /\/w\/\{slug\}\/(loyalty|coupon-kinds|customers\/\{customer_id\}\/loyalty)/;

export const showsLoyalty = (key: QueryKey) => typeof key[1] === "string" && LOYALTY.test(key[1]);

/** Call after a change of points, coupons or referrals. */
export function useRefreshLoyalty(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ predicate: ({ queryKey }) => showsLoyalty(queryKey) }), [client]);
}
