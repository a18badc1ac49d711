import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { draftOf, keptKey, sameDraft, writeDraft } from "../draft.logic";
import type { RuleDraft, RuleOut } from "../types";

const PAUSE_MS = 2500;

export interface Saving {
  /** Saves now; answers the rule, or nothing when it was refused. */
  save: (note?: string) => Promise<RuleOut | undefined>;
  busy: boolean;
  error: unknown;
  /** Differs from what the server holds. */
  dirty: boolean;
  /** The same, right at this moment: not as of the last rendering. */
  isDirty: () => boolean;
  savedAt: Date | null;
  /** The server holds this now: after a restore, a discard, a publish. */
  settle: (draft: RuleDraft) => void;
}

export interface SavingProps {
  /** The rule as the server last told it; nothing for a new one. */
  rule: RuleOut | null;
  draft: RuleDraft;
  /** What the server held when the page opened. */
  server: RuleDraft;
  /** Complete and without faults: may be saved. */
  ready: boolean;
  /** Somebody else changed the rule while nothing was unsaved here. */
  onChanged: (draft: RuleDraft) => void;
}

/** Keeps unsaved changes in this browser, and saves the draft of a rule that exists a moment after the last change. */
export function useSaving({ rule, draft, server, ready, onChanged }: SavingProps): Saving {
  const slug = useSlug();
  const ruleId = rule?.id ?? null;
  const client = useQueryClient();
  const quiet = { meta: { quiet: true } };
  const create = api.useMutation("post", "/api/v1/w/{slug}/rules", quiet);
  const update = api.useMutation("put", "/api/v1/w/{slug}/rules/{rule_id}/draft", quiet);
  const [saved, setSaved] = useState(server);
  const holds = useRef(server);
  const settle = useCallback((next: RuleDraft) => {
    holds.current = next;
    setSaved(next);
  }, []);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const dirty = !sameDraft(draft, saved);
  const key = keptKey(slug, ruleId);
  useKeeping(key, draft, dirty);

  const latest = useRef(draft);
  latest.current = draft;
  const seen = useSeen(rule, { latest, holds, onChanged });
  const { mutateAsync: createAsync } = create;
  const { mutateAsync: updateAsync } = update;
  const save = useCallback(
    async (note = "") => {
      const sent = latest.current;
      const body = { ...writeDraft(sent), note, ...(ruleId && seen.current && { seen_at: seen.current }) };
      const path = { slug };
      const answer = ruleId
        ? updateAsync({ params: { path: { ...path, rule_id: ruleId } }, body })
        : createAsync({ params: { path }, body });
      const told = await answer.catch(() => undefined);
      if (!told) return undefined;
      seen.current = told.updated_at;
      settle(sent);
      setSavedAt(new Date());
      localStorage.removeItem(key);
      const shown = { params: { path: { slug, rule_id: told.id } } };
      client.setQueryData(api.queryOptions("get", "/api/v1/w/{slug}/rules/{rule_id}", shown).queryKey, told);
      return told;
    },
    [slug, ruleId, key, client, createAsync, updateAsync, settle, seen],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change begins the pause anew
  useEffect(() => {
    if (!dirty || !ready || !ruleId) return;
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, dirty, ready, ruleId]);
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

/** The state of the rule that the draft goes on from: what is stored over another's change is refused by the server. */
function useSeen(
  rule: RuleOut | null,
  {
    latest,
    holds,
    onChanged,
  }: { latest: RefObject<RuleDraft>; holds: RefObject<RuleDraft>; onChanged: (draft: RuleDraft) => void },
): RefObject<string | null> {
  const seen = useRef(rule?.updated_at ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only news of the rule counts
  useEffect(() => {
    if (!rule || rule.updated_at === seen.current) return;
    const told = draftOf(rule);
    const same = sameDraft(told, holds.current);
    if (!same && !sameDraft(latest.current, holds.current)) return;
    seen.current = rule.updated_at;
    if (!same) onChanged(told);
  }, [rule]);
  return seen;
}

function useKeeping(key: string, draft: RuleDraft, dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return localStorage.removeItem(key);
    localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), body: writeDraft(draft) }));
  }, [key, draft, dirty]);
}
