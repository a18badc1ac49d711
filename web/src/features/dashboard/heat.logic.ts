import type { Schemas } from "@/shared/api/client";

export type HeatCell = Schemas["HeatCell"];
export type HeatMap = Schemas["HeatMapOut"];

const PALE = [237, 241, 252] as const;
const DEEP = [38, 66, 158] as const;

/** One blue ramp: this is a share, not a danger. `of` is the greatest share on the map. */
export function shade(share: number, of: number): string {
  const depth = of > 0 ? Math.min(1, Math.max(0, share / of)) : 0;
  const channel = (index: 0 | 1 | 2) => Math.round(PALE[index] + (DEEP[index] - PALE[index]) * depth);
  return `rgb(${channel(0)}, ${channel(1)}, ${channel(2)})`;
}

/** White text once the ground is dark enough for a contrast of 4.5. */
export function textOn(share: number, of: number): string {
  return of > 0 && share / of > 0.56 ? "#fff" : "#1B2130";
}

export function greatest(map: HeatMap): number {
  return Math.max(0, ...map.cells.map(({ share }) => share));
}

export function cellAt(map: HeatMap, family: string, segment: string): HeatCell | undefined {
  return map.cells.find((cell) => cell.family === family && cell.segment === segment);
}
