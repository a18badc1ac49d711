import type { Schemas } from "@/shared/api/client";

export type Keeping = Schemas["KeepingOut"];
export type Backup = Keeping["backups"][number];
export type Kept = Keeping["retention"][number];
export type Preview = Schemas["RetentionPreviewOut"];
export type Group = Kept["group"];
/** Months by group; null: for ever. */
export type Choice = Record<Group, number | null>;

const STEPS = [6, 12, 18, 24, 36, 48, 60, 84, 120];
const DAY_MS = 86_400_000;
/** A nightly backup older than this is overdue: one night was missed. */
const OVERDUE_DAYS = 2;

export const choiceOf = (retention: readonly Kept[]): Choice => {
  const choice: Choice = { usage: null, talk: null, trade: null };
  for (const { group, months } of retention) choice[group] = months;
  return choice;
};

export const isSame = (one: Choice, other: Choice): boolean =>
  one.usage === other.usage && one.talk === other.talk && one.trade === other.trade;

/** The months that may be chosen for a group: no shorter than it allows, and what was chosen before. */
export function monthsFor({ least, months }: Pick<Kept, "least" | "months">): number[] {
  const offered = STEPS.filter((step) => step >= least);
  const all = new Set([least, ...offered, ...(months === null ? [] : [months])]);
  return [...all].sort((one, other) => one - other);
}

/** Whether the newest nightly backup is older than it should be; never where none is wanted. */
export function isOverdue({ backups, nightly }: Pick<Keeping, "backups" | "nightly">, now: string): boolean {
  if (nightly === 0) return false;
  const newest = backups.find(({ reason }) => reason === "nightly");
  if (!newest) return true;
  return new Date(now).getTime() - new Date(newest.made_at).getTime() > OVERDUE_DAYS * DAY_MS;
}

/** Whether the backups' disk has room for another one like the newest. */
export function hasRoom({ backups, free_bytes }: Pick<Keeping, "backups" | "free_bytes">): boolean {
  const newest = backups[0];
  return !newest || free_bytes > newest.bytes * 1.2;
}
