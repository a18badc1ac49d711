import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** Asks anew for everything about playbooks. */
export function useRefreshPlaybooks(): () => void {
  const client = useQueryClient();
  return useCallback(
    () =>
      void client.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey.some(
            (part) => typeof part === "string" && (part.includes("/playbooks") || part.includes("/enrolments")),
          ),
      }),
    [client],
  );
}
