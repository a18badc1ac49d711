import type { Schemas } from "@/shared/api/client";

export type Reason = Schemas["ReasonOut"];

export interface Breakdown {
  /** All numbers in points with one decimal; base + lines + rest = score, exactly. */
  base: number;
  score: number;
  lines: { reason: Reason; points: number /** 0–1 of the longest bar. */; share: number }[];
  rest: { reason: Reason; points: number; share: number }[];
  restPoints: number;
}

const tenths = (value: number) => Math.round(value * 10);

/** Rounds the parts to tenths so that they add up to the rounded score: what is left over goes to the largest parts' remainders. */
export function addUp(base: number, points: readonly number[], score: number): number[] {
  const exact = [base, ...points].map((value) => value * 10);
  const floored = exact.map(Math.floor);
  let left = tenths(score) - floored.reduce((sum, value) => sum + value, 0);
  const order = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) }));
  order.sort((a, b) => b.remainder - a.remainder);
  for (const { index } of order) {
    if (left <= 0) break;
    floored[index] = (floored[index] ?? 0) + 1;
    left -= 1;
  }
  if (left !== 0) floored[0] = (floored[0] ?? 0) + left;
  return floored.map((value) => value / 10);
}

/** The largest reasons first; those after `shown` are folded into one line. A fold of a single line would hide nothing, so it is shown. */
export function breakdownOf(base: number, reasons: readonly Reason[], score: number, shown = 5): Breakdown {
  const sorted = [...reasons].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const [roundBase = 0, ...rounded] = addUp(
    base,
    sorted.map(({ points }) => points),
    score,
  );
  const longest = Math.max(1, ...rounded.map(Math.abs));
  const all = sorted.map((reason, index) => {
    const points = rounded[index] ?? 0;
    return { reason, points, share: Math.abs(points) / longest };
  });
  const cut = all.length <= shown + 1 ? all.length : shown;
  const rest = all.slice(cut);
  return {
    base: roundBase,
    score: tenths(score) / 10,
    lines: all.slice(0, cut),
    rest,
    restPoints: Math.round(rest.reduce((sum, { points }) => sum + points * 10, 0)) / 10,
  };
}

/** "+18.4", "−5", with a real minus. */
export function signed(points: number): string {
  return `${points < 0 ? "\u2212" : "+"}${Math.abs(points)}`;
}

/** The six families of signals; what else moves a model's score is about the customer itself. */
export const SIX = ["interaction", "consumption", "service", "key_action", "intent", "payment"] as const;

export function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word);
}
