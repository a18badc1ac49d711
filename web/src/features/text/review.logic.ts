import type { Schemas } from "@/shared/api/client";

export type Item = Schemas["ReviewItem"];
export type Status = "open" | "done";
export const STATUSES = ["open", "done"] as const;
export const statusOf = (text: string): Status => STATUSES.find((status) => status === text) ?? "open";

/** The words of one tap, by key: agree, 不是负面, mild, middling, strong. null agrees. */
export const TAPS = [
  { key: "1", name: "agree", said: null },
  { key: "2", name: "not", said: 0 },
  { key: "3", name: "mild", said: 30 },
  { key: "4", name: "middle", said: 60 },
  { key: "5", name: "strong", said: 90 },
] as const;
export type Tap = (typeof TAPS)[number];
export const tapOfKey = (key: string): Tap | undefined => TAPS.find((tap) => tap.key === key);

/** One name per text: the server's address of it. */
export const nameOf = ({ source, activity_id }: Pick<Item, "source" | "activity_id">) => `${source}\n${activity_id}`;

/** What a person wrote into the field: 0–100, else nothing. */
export function scoreOf(text: string): number | null {
  const found = Number(text);
  return text.trim() !== "" && Number.isFinite(found) && found >= 0 && found <= 100 ? Math.round(found) : null;
}

/** The next row for the keyboard; stays at the ends. */
export function stepTo(at: number, key: string, rows: number): number {
  if (key === "ArrowDown" || key === "j") return Math.min(at + 1, rows - 1);
  if (key === "ArrowUp" || key === "k") return Math.max(at - 1, 0);
  return at;
}

export const canJudge = ({ masked, gone, reading }: Item) =>
  !masked && !gone && reading !== null && (reading.negative !== null || reading.reviewed);
