import { MutationCache, QueryClient } from "@tanstack/react-query";
import { notifyError } from "../ui/notify";
import { isWorthRetrying } from "./errors";

declare module "@tanstack/react-query" {
  interface Register {
    /** `quiet`: the page shows the error itself, no toast. */
    mutationMeta: { quiet?: boolean };
  }
}

/** Server state lives here and nowhere else. Failed changes show a toast unless they are `quiet`. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      },
      mutations: { retry: false },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (!mutation.meta?.quiet) notifyError(error);
      },
    }),
  });
}
