import type { Schemas } from "@/shared/api/client";

type Change = Schemas["ScoreChangeOut"];
type Moments = readonly { at: string }[];

const MOST_LINES = 5;

/** Scorings before a moment, newest first: what it can be compared with. */
export const earlierMoments = (points: Moments, to: string): string[] =>
  points
    .map(({ at }) => at)
    .filter((at) => Date.parse(at) < Date.parse(to))
    .reverse();

/** Scorings after a moment, newest first. */
export const laterMoments = (points: Moments, from: string): string[] =>
  points
    .map(({ at }) => at)
    .filter((at) => Date.parse(at) > Date.parse(from))
    .reverse();

/** The reasons behind one part that moved most. */
export const linesOf = ({ lines }: Pick<Change, "lines">, key: Change["parts"][number]["key"]): Change["lines"] =>
  lines.filter(({ part }) => part === key).slice(0, MOST_LINES);
