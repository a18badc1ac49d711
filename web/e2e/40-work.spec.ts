import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("manager") });

test("from alert to outcome: claim, plan, visit with a photo, comment, verdict", async ({
  alerts,
  customer,
  place,
}) => {
  test.slow();
  const { page, base } = place;
  await alerts.open("?q=Stores");
  const detail = await alerts.openRow(place.phone ? 1 : 0);
  const alertUrl = page.url();
  await detail.getByRole("link", { name: "打开任务" }).click();
  await expect(page).toHaveURL(/\/tasks\/\d+/);
  await expect(page.getByRole("heading", { name: "挽留计划" })).toBeVisible();
  await place.check();

  await page.getByRole("button", { name: "领取" }).click();
  await expect(page.getByText("进行中", { exact: true })).toBeVisible();

  await test.step("PLY-04 the first plan that fits lies there after one tap, and its first step is ticked", async () => {
    await page.getByRole("region", { name: "推荐计划" }).getByRole("button", { name: /^应用/ }).first().click();
    const first = page.getByRole("checkbox", { name: /^完成步骤/ }).first();
    await first.click();
    await expect(first).toBeChecked();
    await expect(page.getByText(/完成 1\/\d/)).toBeVisible();
  });

  await test.step("MOB-03 a visit with words, place and a photo", async () => {
    const photo = await page.screenshot();
    await page.getByRole("button", { name: "记拜访" }).click();
    await page.getByLabel("拜访内容").fill("见到采购经理，下周给答复");
    await page.getByLabel("地点", { exact: true }).fill("客户办公室");
    await page.getByTestId("visit-photos").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: photo });
    await expect(page.getByRole("button", { name: "去掉第 1 张照片" })).toBeVisible();
    await page.getByRole("button", { name: "保存拜访" }).click();
    await expect(page.getByText("已保存拜访记录")).toBeVisible();
    await expect(page.getByText("见到采购经理，下周给答复")).toBeVisible();
    await page.getByRole("button", { name: "查看 1 张照片" }).click();
    const shown = page.getByRole("img", { name: "拜访照片 1" });
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  });

  await page.getByLabel("写评论").fill("客户在等新报价");
  await page.getByRole("button", { name: "发布" }).click();
  await expect(page.getByRole("region", { name: "评论" })).toContainText("客户在等新报价");
  await place.check();

  await page.goto(alertUrl);
  await page.getByRole("radio", { name: "有效" }).click();
  await expect(page.getByText("已标记为「有效」")).toBeVisible();
  const name = await page.locator(`a[href^="${base}/customers/"].alert-customer`).first();
  await name.click();
  await customer.ready();
  await customer.registerOutcome("已复购");
  await customer.tab("任务");
  await expect(page.getByRole("region", { name: "登记的结果" })).toContainText("已复购");
});

test("tasks as a board: a card moves by its menu, and every target is large enough on the phone", async ({ place }) => {
  const { page, base } = place;
  await page.goto(`${base}/tasks?as=board`);
  const doing = page.getByRole("region", { name: /^进行中/ });
  await expect(page.getByRole("region", { name: /^待办/ }).getByRole("listitem").first()).toBeVisible();
  await place.check();
  const card = page.getByRole("region", { name: /^待办/ }).getByRole("listitem").first();
  const title = await card.getByRole("link").first().innerText();
  const customerName = await card.locator("span span").first().innerText();
  await card.getByRole("combobox").selectOption("doing");
  await expect(
    doing.getByRole("listitem").filter({ hasText: title }).filter({ hasText: customerName }).first(),
  ).toBeVisible();
  if (!place.phone) return;
  const small = await page
    .getByRole("region", { name: /^待办/ })
    .locator("a, select")
    .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().height).filter((height) => height < 44));
  expect(small).toEqual([]);
});

test("INT a calendar address is shown once and stops", async ({ place }) => {
  const { page, base } = place;
  await page.goto(`${base}/settings/profile`);
  await page.getByRole("button", { name: /创建日历地址|换一个新地址/ }).click();
  const address = await page.getByLabel("日历地址").inputValue();
  const path = new URL(address).pathname;
  const answer = await page.request.get(path);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  expect(await answer.text()).toContain("BEGIN:VCALENDAR");
  await page.getByRole("button", { name: "停用" }).click();
  await expect(page.getByRole("button", { name: "创建日历地址" })).toBeVisible();
  expect((await page.request.get(path)).status()).toBe(404);
});
