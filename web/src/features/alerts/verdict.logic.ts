import type { Schemas } from "@/shared/api/client";
import { morningOf } from "@/shared/list/moments";

export const VERDICTS = ["valid", "false_alarm", "known", "too_late"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const FALSE_REASONS = ["seasonal", "project", "other_entity", "bad_data"] as const;
export type FalseReason = (typeof FALSE_REASONS)[number];

/** 有效 and 太晚 are one tap; 误报 asks why, 已知 asks which reason and until when. */
export function asksMore(verdict: Verdict): boolean {
  return verdict === "false_alarm" || verdict === "known";
}

const USUAL_DAYS = 30;

export { USUAL_DAYS as KNOWN_DAYS };

type Body = Schemas["VerdictIn"];

const EMPTY: Omit<Body, "verdict"> = { reason: "", signal: "", until: null, note: "" };

export const plainVerdict = (verdict: Verdict): Body => ({ ...EMPTY, verdict });
export const falseAlarm = (reason: FalseReason): Body => ({ ...EMPTY, verdict: "false_alarm", reason });

/** Silences one reason until the date; "known" is no false alarm. */
export function knownReason(signal: string, untilDate: string, note: string, now: string, zone: string): Body {
  return { ...EMPTY, verdict: "known", signal, until: morningOf(untilDate, now, zone), note: note.trim() };
}

export function isFalseReason(text: string): text is FalseReason {
  return (FALSE_REASONS as readonly string[]).includes(text);
}
