import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** Everything shown may have changed: the clock moved, an import ended, a score was published. */
export function useRefreshAll(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries(), [client]);
}
