import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { authApi } from "../api/auth";

/** Ends the session on the server and forgets everything that was loaded. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  return useCallback(async () => {
    await authApi.DELETE("/_allauth/browser/v1/auth/session");
    client.clear();
    window.location.assign("/login");
  }, [client]);
}
