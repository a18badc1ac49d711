import { describe, expect, it } from "vitest";
import { addUp, breakdownOf, type Reason, signed } from "./reasons.logic";

const reason = (signal: string, points: number): Reason => ({
  signal,
  family: "consumption",
  points,
  text: signal,
  has_evidence: true,
  parts: [],
});
const total = (values: number[]) => Math.round(values.reduce((sum, value) => sum + value * 10, 0)) / 10;

describe("SCR-01 base + reasons = score, as shown", () => {
  it("keeps the sum after rounding", () => {
    for (const parts of [
      [22.04, 18.04, 9.04, 3.04],
      [20.25, -4.75, 31.15],
      [0.05, 0.05, 0.05],
      [33.333, 33.333, 33.333],
    ]) {
      const score = parts.reduce((sum, value) => sum + value, 0);
      const [base = 0, ...points] = parts;
      expect(total(addUp(base, points, score))).toBe(Math.round(score * 10) / 10);
    }
  });
  it("moves no part by more than a tenth", () => {
    const parts = [12.34, 5.67, -8.91, 20.25];
    const rounded = addUp(parts[0] ?? 0, parts.slice(1), 29.35);
    rounded.forEach((value, index) => {
      expect(Math.abs(value - (parts[index] ?? 0))).toBeLessThan(0.1);
    });
  });
  it("gives what the server's rounding left over to the base", () => {
    expect(total(addUp(20, [10], 31))).toBe(31);
  });
});

describe("the lines of a score", () => {
  const reasons = [1, 20, -6, 9, 2, 3, 4].map((points) => reason(`s${points}`, points));
  it("start with the largest and fold the others into one line", () => {
    const { base, lines, rest, restPoints, score } = breakdownOf(22, reasons, 55, 4);
    expect(lines.map(({ points }) => points)).toEqual([20, 9, -6, 4]);
    expect(rest).toHaveLength(3);
    expect(restPoints).toBe(6);
    expect(base + lines.reduce((sum, { points }) => sum + points, 0) + restPoints).toBe(score);
  });
  it("never fold a single line", () => {
    expect(breakdownOf(22, reasons.slice(0, 5), 48, 4).rest).toHaveLength(0);
  });
  it("measure bars against the longest", () => {
    expect(breakdownOf(22, reasons, 55, 4).lines.map(({ share }) => share)).toEqual([1, 0.45, 0.3, 0.2]);
  });
});

it("always signs points", () => {
  expect(signed(18.4)).toBe("+18.4");
  expect(signed(-5)).toBe("−5");
  expect(signed(0)).toBe("+0");
});
