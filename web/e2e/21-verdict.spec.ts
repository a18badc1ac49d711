import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("manager") });

test("BEY-03 a verdict in one tap, taken back from the toast, then a false alarm with its reason", async ({
  alerts,
  shell,
  place,
}) => {
  await alerts.open("?q=Interiors");
  const detail = await alerts.openRow(place.phone ? 3 : 2);
  await detail.getByRole("radio", { name: "有效" }).click();
  await expect(detail.getByText("有效", { exact: true })).toBeVisible();
  await expect(place.page.getByText("已标记为「有效」")).toBeVisible();
  await shell.undo().click();
  await expect(detail.getByRole("radio", { name: "误报" })).toBeVisible();

  await detail.getByRole("radio", { name: "误报" }).click();
  await detail.getByRole("radio", { name: "季节性" }).click();
  await expect(detail.getByText("误报 · 季节性")).toBeVisible();
  await place.page.reload();
  await expect(place.page.getByText("误报 · 季节性")).toBeVisible();
});

test("several alerts rest for a week and come back with undo", async ({ alerts, shell, place }) => {
  test.skip(place.phone, "bulk work is the desktop's");
  const { page } = place;
  await alerts.open("?q=Market");
  const before = await alerts.rows().allInnerTexts();
  await page
    .getByRole("checkbox", { name: /^选择 / })
    .nth(0)
    .check();
  await page
    .getByRole("checkbox", { name: /^选择 / })
    .nth(1)
    .check();
  const bar = page.getByRole("toolbar", { name: "批量操作" });
  await expect(bar).toContainText("已选 2 条");
  await bar.getByRole("button", { name: "静置" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "静置", exact: true }).click();
  await expect(page.getByText("已静置 2 条预警")).toBeVisible();
  await expect(alerts.rows().filter({ hasText: before[0] ?? "" })).toHaveCount(0);
  await shell.undo().click();
  await expect(alerts.rows().first()).toHaveText(before[0] ?? "");
});

test("a filter stays in the address and can be kept as a view", async ({ alerts, place }) => {
  const { page } = place;
  const name = place.phone ? "手机视图" : "桌面视图";
  await alerts.open("?level=high");
  if (place.phone) return;
  await page.getByRole("button", { name: "存为视图" }).click();
  await page.getByLabel("视图名称").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  const view = page.getByRole("group", { name: "已保存的视图" }).getByRole("button", { name, exact: true });
  await expect(view).toHaveAttribute("aria-pressed", "true");
  await alerts.chip("存量风险清单").click();
  await expect(view).toHaveAttribute("aria-pressed", "false");
  await view.click();
  await expect(page).toHaveURL(/level=high/);
  await page.getByRole("button", { name: `删除视图「${name}」` }).click();
  await expect(view).toHaveCount(0);
});
