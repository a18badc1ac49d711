import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

test("the sample plays forward one day", async ({ shell, place }) => {
  test.slow();
  await shell.openHome();
  const before = await shell.clock().getAttribute("aria-label");
  await shell.forwardOneDay();
  await expect(shell.clock()).not.toHaveAttribute("aria-label", before ?? "", { timeout: 120_000 });
  await place.page.reload();
  await expect(shell.clock()).not.toHaveAttribute("aria-label", before ?? "");
});
