import { expect, it } from "vitest";
import { isDialable } from "./phone";
import { requestKey } from "./requestKey";

it("does not offer to call a masked or missing number", () => {
  expect(isDialable("+44 20 7946 8831")).toBe(true);
  expect(isDialable("+44 20 **** 8831")).toBe(false);
  expect(isDialable(null)).toBe(false);
  expect(isDialable("")).toBe(false);
});

it("makes another key for each tap", () => {
  expect(requestKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(requestKey()).not.toBe(requestKey());
});
