import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

test("BEY-07 after the next scoring the published rule has its customers, and says why one of them was alerted", async ({
  rules,
  place,
}) => {
  const { page } = place;
  await rules.open();
  await page.getByRole("link", { name: "重点客户下单骤降" }).first().click();
  await rules.view("命中客户").click();
  const why = page.getByRole("link", { name: "看每个条件" }).first();
  await expect(why).toBeVisible();
  await why.click();
  const drawer = page.getByRole("dialog", { name: "为什么 / 为什么没有" });
  await expect(drawer.getByText("命中", { exact: true })).toBeVisible();
  await expect(drawer.getByRole("region", { name: "有没有预警" })).toContainText(/预警/);
});
