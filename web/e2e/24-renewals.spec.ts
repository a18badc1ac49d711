import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("manager") });

test("REN-01 windows with their money, a started renewal, a reason for not renewing", async ({ renewals, place }) => {
  const { page } = place;
  await renewals.open();
  await expect(renewals.windows()).toHaveCount(5);
  await expect(renewals.windows().first()).toContainText("£");
  await renewals.windows().nth(3).click();
  await expect(page).toHaveURL(/window=60/);

  const row = renewals.notStarted();
  const name = await row.locator('a[href*="/customers/"]').innerText();
  const same = renewals.rows().filter({ hasText: name });
  await row.getByRole("button", { name: /^启动续约/ }).click();
  await expect(page.getByText(`已启动 ${name} 的续约`)).toBeVisible();
  await expect(same.first()).toContainText("沟通中");

  await same
    .first()
    .getByRole("button", { name: /更新进展/ })
    .click();
  const form = page.getByRole("dialog");
  await form.getByRole("radio", { name: "不续" }).click();
  await expect(form.getByRole("button", { name: "保存" })).toBeDisabled();
  await form.getByLabel("不续的原因").fill("价格高于同类供应商");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(same.first()).toContainText("价格高于同类供应商");
});
