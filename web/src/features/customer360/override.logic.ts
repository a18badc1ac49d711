import type { Schemas } from "@/shared/api/client";

export interface OverrideDraft {
  how: "fixed" | "added";
  value: number | null;
  reason: string;
  /** Local day; the adjustment ends with it. */
  until: string;
}

export function isReady({ how, value, reason, until }: OverrideDraft): boolean {
  if (value === null || !reason.trim() || !until) return false;
  return how === "fixed" ? value >= 0 && value <= 100 : value !== 0 && Math.abs(value) <= 100;
}

/** `endOf` gives the moment at which a local day ends. */
export function bodyOf(draft: OverrideDraft, endOf: (day: string) => string): Schemas["OverrideIn"] {
  return {
    fixed: draft.how === "fixed",
    value: draft.value ?? 0,
    reason: draft.reason.trim(),
    until: endOf(draft.until),
  };
}

/** What the score will be, as far as the present one tells. */
export function scoreAfter({ how, value }: OverrideDraft, score: number | null): number | null {
  if (value === null) return null;
  if (how === "fixed") return value;
  return score === null ? null : Math.min(100, Math.max(0, score + value));
}
