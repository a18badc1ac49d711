import type { Bands, Level } from "../lib/risk";

export interface Arc {
  level: Level;
  path: string;
}

const polar = (share: number, radius: number) => {
  const angle = Math.PI * (1 - share);
  return { x: 100 + radius * Math.cos(angle), y: 100 - radius * Math.sin(angle) };
};

const spot = ({ x, y }: { x: number; y: number }) => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** A half-circle arc from score `start` to `end` (0–100) around (100, 100). */
export function arcPath(start: number, end: number, radius: number): string {
  return `M ${spot(polar(start / 100, radius))} A ${radius} ${radius} 0 0 1 ${spot(polar(end / 100, radius))}`;
}

export function knob(score: number, radius: number) {
  return polar(Math.min(100, Math.max(0, score)) / 100, radius);
}

/** One arc per band with a small gap between neighbours. */
export function bandArcs({ early, medium, high }: Bands, radius: number, gap = 0.8): Arc[] {
  const edges: [Level, number, number][] = [
    ["normal", 0, early],
    ["early", early, medium],
    ["medium", medium, high],
    ["high", high, 100],
  ];
  return edges
    .filter(([, start, end]) => end - start > gap)
    .map(([level, start, end]) => ({
      level,
      path: arcPath(start + (start > 0 ? gap : 0), end - (end < 100 ? gap : 0), radius),
    }));
}
