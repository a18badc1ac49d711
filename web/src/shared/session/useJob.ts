import { useEffect, useRef } from "react";
import { api, type Schemas } from "../api/client";
import { useSlug } from "./SessionContext";

export type Job = Schemas["JobOut"];

export const isRunning = (job: Pick<Job, "status">) => job.status === "queued" || job.status === "running";

/** Follows background work of a workspace; `onEnd` is called once when it is done, failed or cancelled. */
export function useJobOf(slug: string, id: number | null, onEnd?: (job: Job) => void): Job | undefined {
  const { data } = api.useQuery(
    "get",
    "/api/v1/w/{slug}/jobs/{job_id}",
    { params: { path: { slug, job_id: id ?? 0 } } },
    {
      enabled: id !== null,
      staleTime: 0,
      refetchInterval: ({ state }) => (!state.data || isRunning(state.data) ? 700 : false),
    },
  );
  const ended = useRef<number | null>(null);
  useEffect(() => {
    if (!data || isRunning(data) || ended.current === data.id) return;
    ended.current = data.id;
    onEnd?.(data);
  }, [data, onEnd]);
  return id === null ? undefined : data;
}

export function useJob(id: number | null, onEnd?: (job: Job) => void): Job | undefined {
  return useJobOf(useSlug(), id, onEnd);
}
