import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import type { Efforts } from "./team.logic";

const showsDay = (key: QueryKey) => typeof key[1] === "string" && key[1].endsWith("/team-board/day");

function useDone() {
  const client = useQueryClient();
  return {
    meta: { quiet: true },
    onSettled: () => void client.invalidateQueries({ predicate: ({ queryKey }) => showsDay(queryKey) }),
  };
}

/** Changes a person's minutes; nothing = as the workspace has it. The lists are asked for again. */
export function useMinutes(memberId: number) {
  const slug = useSlug();
  const change = api.useMutation("put", "/api/v1/w/{slug}/team-board/members/{member_id}/minutes", useDone());
  const save = (minutes: number | null, onSuccess?: () => void) =>
    change.mutate({ params: { path: { slug, member_id: memberId } }, body: { minutes } }, { onSuccess });
  return { save, saving: change.isPending, error: change.error };
}

/** The same for what customers take in the whole workspace. */
export function useEfforts() {
  const slug = useSlug();
  const change = api.useMutation("put", "/api/v1/w/{slug}/team-board/efforts", useDone());
  const save = (efforts: Efforts, onSuccess?: () => void) =>
    change.mutate({ params: { path: { slug } }, body: efforts }, { onSuccess });
  return { save, saving: change.isPending, error: change.error };
}
