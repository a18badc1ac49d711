import { describe, expect, it } from "vitest";
import { percents } from "./shares.logic";

/** Steady numbers without a pattern, for checking a law on many cases. */
function* cases(count: number): Generator<Record<string, number>> {
  let state = 7;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  for (let at = 0; at < count; at += 1) {
    const size = 1 + Math.floor(next() * 9);
    yield Object.fromEntries(Array.from({ length: size }, (_, part) => [`s${part}`, Math.floor(next() * 60)]));
  }
}

describe("SCR-05 shares of two levels", () => {
  it("always sum to 100, whatever the sizes, or to nothing where nothing counts", () => {
    for (const sizes of cases(300)) {
      const sum = Object.values(percents(sizes)).reduce((one, other) => one + other, 0);
      expect(sum).toBe(Object.values(sizes).some((size) => size > 0) ? 100 : 0);
    }
  });
  it("never lie a whole percent or more from the exact share", () => {
    for (const sizes of cases(300)) {
      const total = Object.values(sizes).reduce((one, other) => one + other, 0);
      for (const [name, share] of Object.entries(percents(sizes))) {
        expect(Math.abs(share - (total && (100 * (sizes[name] ?? 0)) / total))).toBeLessThan(1);
      }
    }
  });
  it("keep the order of the sizes", () => {
    for (const sizes of cases(300)) {
      const shares = percents(sizes);
      const names = Object.keys(sizes).sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0));
      const sorted = names.map((name) => shares[name] ?? 0);
      expect(sorted.every((share, at) => at === 0 || share >= (sorted[at - 1] ?? 0) - 1)).toBe(true);
    }
  });
  it("give three equal parts 34, 33 and 33", () => {
    expect(percents({ a: 5, b: 5, c: 5 })).toEqual({ a: 34, b: 33, c: 33 });
  });
});
