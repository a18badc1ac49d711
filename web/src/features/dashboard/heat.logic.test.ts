import { describe, expect, it } from "vitest";
import { cellAt, greatest, shade, textOn } from "./heat.logic";

const map = {
  families: ["consumption", "service"],
  segments: ["UK", "DE"],
  cells: [{ family: "consumption", segment: "UK", share: 0.6, count: 30, of: 50 }],
};

/** WCAG relative luminance of `rgb(r, g, b)`. */
function luminance(color: string): number {
  const channels =
    color === "#fff" ? [255, 255, 255] : color === "#1B2130" ? [27, 33, 48] : (color.match(/\d+/g) ?? []).map(Number);
  const [r = 0, g = 0, b = 0] = channels.map((value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("the heat map", () => {
  it("keeps text readable on every shade", () => {
    for (let share = 0; share <= 1; share += 0.02) {
      const [light, dark] = [luminance(shade(share, 1)), luminance(textOn(share, 1))].sort((a, b) => b - a) as [
        number,
        number,
      ];
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5);
    }
  });
  it("scales to the greatest share and survives an empty map", () => {
    expect(greatest(map)).toBe(0.6);
    expect(greatest({ ...map, cells: [] })).toBe(0);
    expect(shade(0, 0)).toBe("rgb(237, 241, 252)");
  });
  it("finds a cell by cause and segment", () => {
    expect(cellAt(map, "consumption", "UK")?.count).toBe(30);
    expect(cellAt(map, "service", "DE")).toBeUndefined();
  });
});
