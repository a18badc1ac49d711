import { expect, it } from "vitest";
import { themeFor } from "./theme";

it("makes every control as high as a finger needs on a phone only, small ones too", () => {
  expect(themeFor(true).token).toMatchObject({ controlHeight: 44, controlHeightSM: 44 });
  expect(themeFor(false).token).toMatchObject({ controlHeight: 34 });
  expect(themeFor(false).token).not.toHaveProperty("controlHeightSM");
});
