import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("manager") });

test("C36-02 each reason opens the raw rows behind it, with the time up to which the source speaks", async ({
  customers,
  customer,
  place,
}) => {
  await customers.open("?sort=-expected_loss");
  await customers.rows().first().click();
  await customer.ready();
  const drawer = await customer.openEvidence(0);
  await expect(place.page).toHaveURL(/evidence=/);
  await expect(drawer.getByText(/截至 \d{4}-\d{2}-\d{2}/).first()).toBeVisible();
  await place.check();
  await place.page.goBack();
  await expect(drawer).toBeHidden();
});

test("SCR-01 base and reasons add up to the score", async ({ customers, customer, place }) => {
  await customers.open();
  await customers.rows().first().click();
  await customer.ready();
  const numbers = async (selector: string) =>
    (await place.page.locator(selector).allInnerTexts()).map((text) =>
      Number(text.replace("−", "-").replace(/[+=\s]/g, "")),
    );
  const points = await numbers("main .reason-points");
  const [rest = 0] = await numbers("main .reason-more .num");
  const [base = 0] = await numbers("main .reason-sum:not(.total) .num");
  const [score = 0] = await numbers("main .reason-sum.total .num");
  const sum = base + rest + points.reduce((total, value) => total + value, 0);
  expect(Math.round(sum * 10)).toBe(Math.round(score * 10));
});

test("the timeline filters by kind and shows the lines of an order", async ({ customers, customer, place }) => {
  await customers.open("?sort=-annual_value");
  await customers.rows().first().click();
  await customer.ready();
  await customer.tab("时间线");
  await place.page.getByRole("group", { name: "按类型筛选" }).getByRole("button", { name: /^订单/ }).click();
  await expect(place.page).toHaveURL(/kind=order/);
  await place.page.getByRole("button", { name: "查看订单明细" }).first().click();
  await expect(place.page.getByRole("columnheader", { name: "数量" })).toBeVisible();
});

test("OUT-01 an outcome is registered and taken back; the status returns", async ({ customers, customer, place }) => {
  const { page } = place;
  await customers.open("?q=Wholesale");
  await customers
    .rows()
    .nth(place.phone ? 1 : 0)
    .click();
  await customer.ready();
  await customer.registerOutcome("已复购");
  await customer.tab("任务");
  const panel = page.getByRole("region", { name: "登记的结果" });
  await expect(panel).toContainText("已复购");
  await panel.getByRole("button", { name: "撤回「已复购」" }).click();
  await expect(panel).toContainText("撤回");
  await expect(panel.getByRole("button")).toHaveCount(0);
});
