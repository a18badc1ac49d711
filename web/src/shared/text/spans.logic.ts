import type { Schemas } from "../api/client";

export type Reading = Schemas["ReadingOut"];
export type Span = Schemas["SpanOut"];

/** A stretch of the text and what it shows; nothing = plain words. */
export interface Piece {
  text: string;
  shows: readonly Span[];
}

/** The text cut at the ends of its spans. Spans count code points, as the server does: an emoji is one. */
export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const points = [...text];
  const inside = spans.filter(({ start, end }) => start >= 0 && start < end && end <= points.length);
  const cuts = [...new Set([0, points.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, at) => ({
    text: points.slice(start, cuts[at + 1]).join(""),
    shows: inside.filter((span) => span.start <= start && start < span.end),
  }));
}

/** What a mark looks like where several overlap: leaving and competitors before emotion, emotion before topics. */
export function toneOf({ shows }: Piece): "leave" | "negative" | "good" | "topic" | "" {
  const kinds = shows.map(({ shows: kind, which }) => (kind === "intent" ? which : kind));
  if (kinds.some((kind) => ["leave", "competitor", "refusal", "escalation"].includes(kind))) return "leave";
  if (kinds.includes("negative")) return "negative";
  if (kinds.some((kind) => ["praise", "resolved"].includes(kind))) return "good";
  return kinds.length ? "topic" : "";
}

/** From where on a score is worth a colour: 65 is the rule's limit, 50 more likely negative than not. */
export const heatOf = (negative: number | null): "high" | "mid" | "low" | "none" =>
  negative === null ? "none" : negative > 65 ? "high" : negative > 50 ? "mid" : "low";

/** Intents that are sure enough to be shown as a chip. */
export const shownIntents = ({ intents }: Reading) => intents.filter(({ score }) => score >= 50);
