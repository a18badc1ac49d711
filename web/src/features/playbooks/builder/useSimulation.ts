import { useCallback, useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";

type Asked = Schemas["SimulateIn"];

const POLL_MS = 700;
const isGoing = (status: string) => status === "queued" || status === "running";

/** A 试运行 as background work: started, watched until it ends, stopped. */
export function useSimulation() {
  const slug = useSlug();
  const [id, setId] = useState<number>();
  const path = { slug, run_id: id ?? 0 };
  const start = api.useMutation("post", "/api/v1/w/{slug}/playbooks/simulations", {
    meta: { quiet: true },
    onSuccess: (started) => setId(started.id),
  });
  const run = api.useQuery(
    "get",
    "/api/v1/w/{slug}/playbooks/simulations/{run_id}",
    { params: { path } },
    {
      enabled: id !== undefined,
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data && isGoing(state.data.status) ? POLL_MS : false),
    },
  );
  const cancel = api.useMutation("post", "/api/v1/w/{slug}/playbooks/simulations/{run_id}/cancel", {
    onSuccess: () => void run.refetch(),
  });
  const { mutate } = start;
  const begin = useCallback(
    (body: Asked) => {
      setId(undefined);
      mutate({ params: { path: { slug } }, body });
    },
    [mutate, slug],
  );
  const waiting = id !== undefined && run.data === undefined && !run.error;
  return {
    start: begin,
    cancel: () => cancel.mutate({ params: { path } }),
    run: id === undefined ? undefined : run.data,
    going: start.isPending || waiting || (id !== undefined && run.data !== undefined && isGoing(run.data.status)),
    error: start.error ?? run.error ?? (id === undefined ? undefined : run.data?.error) ?? undefined,
  };
}

export type Trial = ReturnType<typeof useSimulation>;
