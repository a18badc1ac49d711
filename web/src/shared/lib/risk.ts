/** The four levels in rising order of danger; names and cut-offs come from the server, colours live here alone. */
export const LEVELS = ["normal", "early", "medium", "high"] as const;
export type Level = (typeof LEVELS)[number];

/** Cut-offs on the 0–100 score: [early, medium) , [medium, high], (high, 100]. */
export interface Bands {
  early: number;
  medium: number;
  high: number;
}

/** Exactly `high` is still the medium level, as on the server. */
export function levelOf(score: number, bands: Bands): Level {
  if (score > bands.high) return "high";
  if (score >= bands.medium) return "medium";
  return score >= bands.early ? "early" : "normal";
}

export function isLevel(value: string): value is Level {
  return (LEVELS as readonly string[]).includes(value);
}

/** Fills for charts; text on pale grounds takes its colour from the CSS classes `risk-<level>`. */
export const LEVEL_FILL: Record<Level, string> = {
  high: "#C9252D",
  medium: "#E8722A",
  early: "#E5B84B",
  normal: "#8FC7B5",
};

export const LEVEL_TEXT: Record<Level, string> = {
  high: "#A8071A",
  medium: "#AD4E00",
  early: "#7A5B00",
  normal: "#0B6B4F",
};

/** Rising risk is bad, falling is good; anything under half a point is no change. */
export function toneOfDelta(delta: number, risingIsBad = true): "bad" | "good" | "flat" {
  if (Math.abs(delta) < 0.5) return "flat";
  return delta > 0 === risingIsBad ? "bad" : "good";
}
