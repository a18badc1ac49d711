import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

test("SCR-04 a weight is changed, previewed on today's customers, published", async ({ scoring, place }) => {
  test.slow();
  test.skip(place.phone, "weights are edited on the desktop");
  const { page } = place;
  await scoring.open();
  const weight = scoring.weight("静默客户");
  const now = Number(await weight.inputValue());
  await weight.fill(String(now + 6));
  await weight.press("Tab");
  await expect(scoring.preview()).toContainText(/会改变等级/, { timeout: 30_000 });
  await page.getByRole("button", { name: "发布", exact: true }).click();
  const dialogue = page.getByRole("dialog");
  await dialogue.getByLabel("改动说明").fill("提高权重");
  await dialogue.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText("已发布,评分已更新")).toBeVisible({ timeout: 120_000 });
});
