import { asksMore, VERDICTS, type Verdict } from "./verdict.logic";

export type Deed = { kind: "claim" } | { kind: "snooze"; days: number } | { kind: "verdict"; verdict: Verdict };

const MOST_DAYS = 30;

/** What a card's link asks for ("claim", "snooze:3", "verdict:valid"); null for anything that we never wrote. */
export function deedOf(text: string): Deed | null {
  const [kind, value = "", more] = text.split(":");
  if (more !== undefined) return null;
  if (kind === "claim") return value ? null : { kind };
  const days = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (kind === "snooze") return days >= 1 && days <= MOST_DAYS ? { kind, days } : null;
  const verdict = VERDICTS.find((known) => known === value);
  return kind === "verdict" && verdict ? { kind, verdict } : null;
}

/** The verdict whose form the page opens, since a tap alone cannot give it. */
export function formOf(deed: Deed | null): Verdict | null {
  return deed?.kind === "verdict" && asksMore(deed.verdict) ? deed.verdict : null;
}
