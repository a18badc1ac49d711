import type { Schemas } from "@/shared/api/client";
import { dateAfter, morningOf } from "@/shared/list/moments";

export type Result = Schemas["FollowUpIn"]["result"];

export const CALL_RESULTS = ["reached", "missed", "rescheduled"] as const;
export const NEXT_DAYS = [1, 3, 7] as const;

export interface FollowUpDraft {
  result: Result | null;
  note: string;
  /** A date as of a date field; empty = none. */
  next: string;
  done: boolean;
}

export const EMPTY_DRAFT: FollowUpDraft = { result: null, note: "", next: "", done: false };

/** Not reached → tomorrow, put off → in three days; reached → nothing, unless the person chose a date before. */
const USUAL_DAYS: Record<Result, number | null> = { reached: null, missed: 1, rescheduled: 3, note: null };

export function withResult(draft: FollowUpDraft, result: Result, now: string, zone: string): FollowUpDraft {
  const usual = USUAL_DAYS[result];
  const next = draft.next || (usual === null ? "" : dateAfter(now, zone, usual));
  return { ...draft, result, next, done: result === "reached" && draft.done };
}

/** A result, or at least a note; who is put off is given a date. */
export function isReady({ result, note, next }: FollowUpDraft): boolean {
  if (result === "rescheduled" && !next) return false;
  return result !== null || note.trim() !== "";
}

export function bodyOf(draft: FollowUpDraft, key: string, now: string, zone: string): Schemas["FollowUpIn"] {
  return {
    result: draft.result ?? "note",
    note: draft.note.trim(),
    next_at: draft.next ? morningOf(draft.next, now, zone) : null,
    done: draft.done,
    request_key: key,
  };
}
