import type { Schemas } from "@/shared/api/client";

export type OutcomeKind = Schemas["OutcomeIn"]["kind"];

export const KINDS: readonly OutcomeKind[] = ["renewed", "repurchased", "churned", "paused", "unsaveable"];
export const CAUSES = [
  "price",
  "product",
  "service",
  "competitor",
  "other",
  "closed_down",
  "merged",
  "other_entity",
] as const;
export type Cause = (typeof CAUSES)[number];

const FINAL: readonly Cause[] = ["closed_down", "merged", "other_entity"];

/** The server takes the final causes with `unsaveable` alone, and no other cause with it. */
export function causesFor(kind: OutcomeKind | null): Cause[] {
  return CAUSES.filter((cause) => FINAL.includes(cause) === (kind === "unsaveable"));
}

export function isCause(text: string): text is Cause {
  return (CAUSES as readonly string[]).includes(text);
}

/** A customer who stayed has no cause of leaving. */
export function asksCause(kind: OutcomeKind | null): boolean {
  return kind === "churned" || kind === "paused" || kind === "unsaveable";
}

export interface OutcomeDraft {
  kind: OutcomeKind | null;
  /** A date as of a date field, on the workspace's calendar. */
  day: string;
  cause: string;
  competitor: string;
  note: string;
}

/** Another outcome forgets a cause that does not go with it. */
export function withKind(draft: OutcomeDraft, kind: OutcomeKind): OutcomeDraft {
  const fits = causesFor(kind).some((cause) => cause === draft.cause);
  return { ...draft, kind, cause: fits ? draft.cause : "" };
}

export function isReady({ kind, day, cause }: OutcomeDraft): boolean {
  return kind !== null && day !== "" && (!asksCause(kind) || cause !== "");
}

export function bodyOf({ kind, day, cause, competitor, note }: OutcomeDraft): Schemas["OutcomeIn"] {
  const left = asksCause(kind);
  return {
    kind: kind ?? "renewed",
    occurred_on: day,
    cause: left ? cause : "",
    competitor: left ? competitor.trim() : "",
    note: note.trim(),
  };
}
