import type { Schemas } from "@/shared/api/client";

export type Policy = Schemas["TouchPolicy"];
export type Purpose = "marketing" | "service";
export const PURPOSES = ["marketing", "service"] as const;
export const SPANS = ["day", "week", "month"] as const;
export const TABS = ["policy", "decisions", "doNotContact", "suppressions"] as const;
export type Tab = (typeof TABS)[number];

export const tabOf = (text: string): Tab => TABS.find((tab) => tab === text) ?? "policy";

/** A whole number ≥ 0; only an emptied field is no cap: what is none leaves the number as it was, or a slip would lift the cap. */
export function capTyped(text: string, before: number | null): number | null {
  const typed = text.trim();
  if (typed === "") return null;
  return /^\d{1,4}$/.test(typed) ? Number(typed) : before;
}

export function withCap(policy: Policy, purpose: Purpose, span: (typeof SPANS)[number], text: string): Policy {
  const caps = policy.caps[purpose] ?? { day: null, week: null, month: null };
  return { ...policy, caps: { ...policy.caps, [purpose]: { ...caps, [span]: capTyped(text, caps[span] ?? null) } } };
}

export const MEDIA = ["sms", "email", "wecom", "other"] as const;
type Medium = (typeof MEDIA)[number];

/** Caps of one medium, both purposes together; with no number left there is none. */
export function withMediumCap(policy: Policy, medium: Medium, span: (typeof SPANS)[number], text: string): Policy {
  const before = policy.medium_caps[medium] ?? { day: null, week: null, month: null };
  const caps = { ...before, [span]: capTyped(text, before[span] ?? null) };
  const { [medium]: _, ...others } = policy.medium_caps;
  const empty = SPANS.every((each) => caps[each] === null);
  return { ...policy, medium_caps: empty ? others : { ...others, [medium]: caps } };
}

const CLOSED = "closed";

/** Hours in the reader's words: a day without sending is stored as `closed`. */
export const shownHours = (hours: string, closed: string): string => (hours === CLOSED ? closed : hours);

export function withHours(policy: Policy, purpose: Purpose, day: number, text: string, closed = CLOSED): Policy {
  const typed = text.trim() === closed ? CLOSED : text.trim();
  const week = (policy.hours[purpose] ?? []).map((hours, index) => (index === day ? typed : hours));
  return { ...policy, hours: { ...policy.hours, [purpose]: week } };
}

export const listOf = (text: string): string[] =>
  text
    .split(/[,\uff0c\u3001\s]+/)
    .map((part) => part.trim())
    .filter(Boolean);

export const refusedIn = (refused: Record<string, number>): number =>
  Object.values(refused).reduce((sum, count) => sum + count, 0);
