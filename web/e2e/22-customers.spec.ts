import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("manager") });

test("filters, sort and pages live in the address, and the back button undoes them", async ({
  customers,
  customer,
  place,
}) => {
  const { page } = place;
  await customers.open();
  await customers.filter("预警等级", "高危预警");
  await expect(page).toHaveURL(/level=high/);
  await customers.search("Market");
  await expect(page).toHaveURL(/q=Market/);
  await expect.poll(async () => (await customers.names()).every((name) => name.includes("Market"))).toBe(true);

  await customers.rows().first().click();
  await customer.ready();
  await page.goBack();
  await expect(page).toHaveURL(/q=Market/);
  await expect(page.getByRole("searchbox")).toHaveValue("Market");
  await page.goBack();
  await expect(page).not.toHaveURL(/q=Market/);
});

test("the second page and back", async ({ customers, place }) => {
  const { page } = place;
  await customers.open();
  const first = await customers.name(0).innerText();
  const pager = page.getByRole("navigation", { name: "翻页" });
  await pager.getByRole("button", { name: "下一页" }).click();
  await expect(pager).toContainText("第 2 页");
  await expect(customers.name(0)).not.toHaveText(first);
  await page.goBack();
  await expect(pager).toContainText("第 1 页");
  await expect(customers.name(0)).toHaveText(first);
});

test("nothing found says so and clears the filters", async ({ customers, place }) => {
  await customers.open();
  await customers.search("没有这样的客户");
  await expect(place.page.getByRole("heading", { name: "没有符合条件的客户" })).toBeVisible();
  await place.page.getByRole("button", { name: "清除筛选" }).last().click();
  await expect(customers.rows().first()).toBeVisible();
});

test("the pool of the lost is a list of its own", async ({ customers, place }) => {
  await customers.open();
  await customers.view("已流失").click();
  await expect(place.page).toHaveURL(/view=lost/);
  await expect(customers.rows().first()).toBeVisible();
});
