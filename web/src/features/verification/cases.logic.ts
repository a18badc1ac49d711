import type { Schemas } from "@/shared/api/client";

export type Case = Schemas["CaseOut"];
export type Cases = Schemas["CasesOut"];
export type Kind = Case["kind"];
export type Decision = Schemas["DecideIn"]["decision"];

export const KINDS = ["drop", "source", "feature", "contradiction", "zombie"] as const satisfies readonly Kind[];
export const STATUSES = ["open", "later", "confirmed", "wrong", "seasonal", "gone"] as const;
export type Status = (typeof STATUSES)[number];
export const DECISIONS = ["confirmed", "wrong", "seasonal", "later"] as const satisfies readonly Decision[];

/** The key that says it: 1 属实, 2 数据错误, 3 季节性, 4 稍后. */
export const decisionOfKey = (key: string): Decision | undefined => DECISIONS[Number(key) - 1];

export const kindOf = (text: string): Kind | "" => KINDS.find((kind) => kind === text) ?? "";
export const statusOf = (text: string): Status => STATUSES.find((status) => status === text) ?? "open";

/** Only what waits can be decided; what was decided and still goes on can be taken back. */
export const waits = (status: Status) => status === "open" || status === "later";
export const canReopen = ({ status, ended_at, later_until }: Case) =>
  ended_at === null && (status !== "open" || later_until !== null);

export const allOf = (counts: Partial<Record<Kind, number>>): number =>
  KINDS.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);

/** The next row for the keyboard; stays at the ends. */
export function stepTo(at: number, key: string, rows: number): number {
  if (key === "ArrowDown" || key === "j") return Math.min(at + 1, rows - 1);
  if (key === "ArrowUp" || key === "k") return Math.max(at - 1, 0);
  return at;
}
