import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { type Draft, keptKey, sameDraft, writeDraft } from "../flow/draft";
import type { Playbook } from "../types";

const PAUSE_MS = 1500;

export interface Saving {
  save: () => Promise<Playbook | undefined>;
  busy: boolean;
  error: unknown;
  dirty: boolean;
  /** The same, right at this moment: not as of the last rendering. */
  isDirty: () => boolean;
  savedAt: Date | null;
  /** The server holds this now. */
  settle: (draft: Draft, told: Playbook) => void;
}

/** Keeps unsaved changes in this browser, and saves the draft a moment after the last change: also one with faults. */
export function useSavingDraft(playbook: Playbook | null, draft: Draft, server: Draft): Saving {
  const slug = useSlug();
  const client = useQueryClient();
  const quiet = { meta: { quiet: true } };
  const create = api.useMutation("post", "/api/v1/w/{slug}/playbooks", quiet);
  const update = api.useMutation("put", "/api/v1/w/{slug}/playbooks/{playbook_id}/draft", quiet);
  const [saved, setSaved] = useState(server);
  const holds = useRef(server);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const seen = useRef(playbook?.updated_at);
  const latest = useRef(draft);
  latest.current = draft;
  const id = playbook?.id ?? null;
  const key = keptKey(slug, id);
  const dirty = !sameDraft(draft, saved);
  useEffect(() => {
    if (dirty) localStorage.setItem(key, JSON.stringify(writeDraft(draft)));
    else localStorage.removeItem(key);
  }, [dirty, draft, key]);
  const settle = useCallback(
    (next: Draft, told: Playbook) => {
      seen.current = told.updated_at;
      holds.current = next;
      setSaved(next);
      const at = { params: { path: { slug, playbook_id: told.id } } };
      client.setQueryData(api.queryOptions("get", "/api/v1/w/{slug}/playbooks/{playbook_id}", at).queryKey, told);
    },
    [client, slug],
  );
  const { mutateAsync: createAsync } = create;
  const { mutateAsync: updateAsync } = update;
  const save = useCallback(async () => {
    const sent = latest.current;
    const body = { ...writeDraft(sent), note: "", ...(seen.current && { seen_at: seen.current }) };
    const answer =
      id === null
        ? createAsync({ params: { path: { slug } }, body })
        : updateAsync({ params: { path: { slug, playbook_id: id } }, body });
    const told = await answer.catch(() => undefined);
    if (!told) return undefined;
    localStorage.removeItem(key);
    settle(sent, told);
    setSavedAt(new Date());
    return told;
  }, [createAsync, id, key, settle, slug, updateAsync]);
  const ready = dirty && id !== null && draft.name.trim() !== "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change begins the pause anew
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [ready, draft, save]);
  return {
    save,
    busy: create.isPending || update.isPending,
    error: create.error ?? update.error,
    dirty,
    isDirty: () => !sameDraft(latest.current, holds.current),
    savedAt,
    settle,
  };
}
