import { describe, expect, it } from "vitest";
import { arcPath, bandArcs, knob } from "./gauge.logic";

describe("the gauge", () => {
  it("runs from left (0) over the top (50) to the right (100)", () => {
    expect(knob(0, 80).x).toBeCloseTo(20);
    expect(knob(50, 80).x).toBeCloseTo(100);
    expect(knob(50, 80).y).toBeCloseTo(20);
    expect(knob(100, 80).x).toBeCloseTo(180);
  });
  it("keeps the knob on the scale", () => {
    expect(knob(140, 80)).toEqual(knob(100, 80));
    expect(knob(-3, 80)).toEqual(knob(0, 80));
  });
  it("draws one arc per band", () => {
    const arcs = bandArcs({ early: 50, medium: 70, high: 90 }, 80);
    expect(arcs.map(({ level }) => level)).toEqual(["normal", "early", "medium", "high"]);
    expect(arcs[0]?.path).toMatch(/^M 20\.00 100\.00 A 80 80 0 0 1 /);
    expect(arcPath(0, 100, 80)).toMatch(/180\.00 100\.00$/);
  });
  it("leaves out a band of no width", () => {
    expect(bandArcs({ early: 50, medium: 70, high: 100 }, 80).map(({ level }) => level)).not.toContain("high");
  });
});
