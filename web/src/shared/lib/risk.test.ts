import { expect, it } from "vitest";
import { isLevel, LEVEL_FILL, LEVELS, levelOf, toneOfDelta } from "./risk";

const bands = { early: 50, medium: 70, high: 90 };

it("SCR-02 puts each edge of the bands on the same side as the server", () => {
  expect(levelOf(49.99, bands)).toBe("normal");
  expect(levelOf(50, bands)).toBe("early");
  expect(levelOf(69.99, bands)).toBe("early");
  expect(levelOf(70, bands)).toBe("medium");
  expect(levelOf(90, bands)).toBe("medium");
  expect(levelOf(90.01, bands)).toBe("high");
});

it("follows the workspace's own cut-offs", () => {
  expect(levelOf(62, { early: 40, medium: 60, high: 80 })).toBe("medium");
});

it("has a colour for each level", () => {
  expect(Object.keys(LEVEL_FILL).sort()).toEqual([...LEVELS].sort());
  expect(isLevel("high")).toBe(true);
  expect(isLevel("critical")).toBe(false);
});

it("colours a change by good and bad, not by up and down", () => {
  expect(toneOfDelta(4)).toBe("bad");
  expect(toneOfDelta(-4)).toBe("good");
  expect(toneOfDelta(4, false)).toBe("good");
  expect(toneOfDelta(0.3)).toBe("flat");
});
