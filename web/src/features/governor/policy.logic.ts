import type { Schemas } from "@/shared/api/client";

export type Policy = Schemas["TouchPolicy"];
export type Purpose = "marketing" | "service";
export const PURPOSES = ["marketing", "service"] as const;
export const SPANS = ["day", "week", "month"] as const;
export const TABS = ["policy", "decisions", "doNotContact", "suppressions"] as const;
export type Tab = (typeof TABS)[number];

export const tabOf = (text: string): Tab => TABS.find((tab) => tab === text) ?? "policy";

/** A whole number ≥ 0; an empty field is no cap. */
export const capOf = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : null);

export function withCap(policy: Policy, purpose: Purpose, span: (typeof SPANS)[number], text: string): Policy {
  const caps = policy.caps[purpose] ?? { day: null, week: null, month: null };
  return { ...policy, caps: { ...policy.caps, [purpose]: { ...caps, [span]: capOf(text) } } };
}

export const MEDIA = ["sms", "email", "wecom", "other"] as const;
type Medium = (typeof MEDIA)[number];

/** Caps of one medium, both purposes together; with no number left there is none. */
export function withMediumCap(policy: Policy, medium: Medium, span: (typeof SPANS)[number], text: string): Policy {
  const caps = { ...(policy.medium_caps[medium] ?? { day: null, week: null, month: null }), [span]: capOf(text) };
  const { [medium]: _, ...others } = policy.medium_caps;
  const empty = SPANS.every((each) => caps[each] === null);
  return { ...policy, medium_caps: empty ? others : { ...others, [medium]: caps } };
}

export function withHours(policy: Policy, purpose: Purpose, day: number, text: string): Policy {
  const week = (policy.hours[purpose] ?? []).map((hours, index) => (index === day ? text.trim() : hours));
  return { ...policy, hours: { ...policy.hours, [purpose]: week } };
}

export const listOf = (text: string): string[] =>
  text
    .split(/[,\uff0c\u3001\s]+/)
    .map((part) => part.trim())
    .filter(Boolean);

export const refusedIn = (refused: Record<string, number>): number =>
  Object.values(refused).reduce((sum, count) => sum + count, 0);
