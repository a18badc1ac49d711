import type { Schemas } from "@/shared/api/client";

export type HeatCell = Schemas["HeatCell"];
export type HeatMap = Schemas["HeatMapOut"];

type Rgb = readonly [number, number, number];

const TURN = 0.55;
/** Two stretches of one blue with a small step between them: just there neither dark nor white text would be readable. */
const LIGHT: readonly [Rgb, Rgb] = [
  [237, 241, 252],
  [112, 137, 208],
];
const DARK: readonly [Rgb, Rgb] = [
  [80, 104, 188],
  [38, 66, 158],
];

const depthOf = (share: number, of: number) => (of > 0 ? Math.min(1, Math.max(0, share / of)) : 0);

/** One blue ramp: this is a share, not a danger. `of` is the greatest share on the map. */
export function shade(share: number, of: number): string {
  const depth = depthOf(share, of);
  const [from, to] = depth < TURN ? LIGHT : DARK;
  const part = depth < TURN ? depth / TURN : (depth - TURN) / (1 - TURN);
  return `rgb(${from.map((channel, index) => Math.round(channel + ((to[index] ?? channel) - channel) * part)).join(", ")})`;
}

/** Dark text on the light stretch, white on the dark one: contrast above 4.5 everywhere. */
export function textOn(share: number, of: number): string {
  return depthOf(share, of) < TURN ? "#1B2130" : "#fff";
}

export function greatest(map: HeatMap): number {
  return Math.max(0, ...map.cells.map(({ share }) => share));
}

export function cellAt(map: HeatMap, family: string, segment: string): HeatCell | undefined {
  return map.cells.find((cell) => cell.family === family && cell.segment === segment);
}
