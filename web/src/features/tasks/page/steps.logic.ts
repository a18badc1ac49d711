import type { Schemas } from "@/shared/api/client";
import { day, type Moment } from "@/shared/lib/dates";
import { dateAfter, morningOf } from "@/shared/list/moments";
import type { Step } from "./useItemSheet";

/** The step that is edited; null = a new one. */
export interface StepTarget {
  step: Step | null;
}

export interface StepDraft {
  text: string;
  owner: number | undefined;
  due: string;
  effect: string;
  amount: string;
  remind: string;
}

/** Hours before a step is due; -1 = nobody is reminded. */
export const REMIND_HOURS = [-1, 0, 2, 24, 72] as const;

export function draftOf({ step }: StepTarget, now: Moment, zone: string): StepDraft {
  if (!step) return { text: "", owner: undefined, due: dateAfter(now, zone, 1), effect: "", amount: "", remind: "24" };
  return {
    text: step.text,
    owner: step.owner_id ?? undefined,
    due: step.due_at ? day(step.due_at, zone) : "",
    effect: step.effect,
    amount: step.effect_amount === null ? "" : String(step.effect_amount),
    remind: String(step.remind_hours),
  };
}

/** A date that was not touched keeps its hour. */
export function bodyOf(draft: StepDraft, step: Step | null, now: Moment, zone: string): Schemas["StepIn"] {
  const kept = step?.due_at && day(step.due_at, zone) === draft.due ? step.due_at : null;
  return {
    text: draft.text.trim(),
    owner_id: draft.owner ?? null,
    due_at: kept ?? (draft.due ? morningOf(draft.due, now, zone) : null),
    effect: draft.effect.trim(),
    effect_amount: draft.amount === "" ? null : Number(draft.amount),
    remind_hours: Number(draft.remind),
  };
}

export const isReady = ({ text, amount }: StepDraft) =>
  text.trim() !== "" && (amount === "" || (Number.isFinite(Number(amount)) && Number(amount) >= 0));

/** All ids with one step moved up (-1) or down (1); at an end nothing moves. */
export function moved(steps: readonly Pick<Step, "id">[], id: number, by: -1 | 1): number[] {
  const ids = steps.map((step) => step.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  ids.splice(from, 1);
  ids.splice(to, 0, id);
  return ids;
}

/** What all steps together should bring. */
export const effectTotal = (steps: readonly Pick<Step, "effect_amount">[]) =>
  steps.reduce((sum, { effect_amount }) => sum + (effect_amount ?? 0), 0);
