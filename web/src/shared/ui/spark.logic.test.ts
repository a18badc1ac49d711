import { expect, it } from "vitest";
import { sparkShape } from "./spark.logic";

it("needs two points", () => {
  expect(sparkShape([], 60, 20)).toBeUndefined();
  expect(sparkShape([5], 60, 20)).toBeUndefined();
});

it("rises from bottom left to top right", () => {
  const shape = sparkShape([0, 50, 100], 60, 20, 2);
  expect(shape?.line).toBe("M2.0,18.0L30.0,10.0L58.0,2.0");
  expect(shape?.end).toEqual({ x: 58, y: 2 });
});

it("draws a flat series mid-height instead of dividing by nothing", () => {
  expect(sparkShape([7, 7], 60, 20)?.end.y).toBe(10);
});
