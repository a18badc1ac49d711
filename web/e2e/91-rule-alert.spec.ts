import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

const NAME = "重点客户下单骤降";
const MOST = 12;

test("BEY-07 after the next scoring the published rule has raised an alert, and says so with every condition", async ({
  rules,
  alerts,
  place,
}) => {
  test.slow();
  const { page } = place;
  await rules.open();
  await page.getByRole("link", { name: NAME }).first().click();
  await rules.view("命中客户").click();
  const why = page.getByRole("link", { name: "看每个条件" });
  await expect(why.first()).toBeVisible();
  const rows = page.getByRole("row").filter({ has: why });
  const drawer = page.getByRole("dialog", { name: "为什么 / 为什么没有" });
  const answer = drawer.getByRole("region", { name: "有没有预警" });
  const raised: string[] = [];
  for (let at = 0; at < Math.min(MOST, await rows.count()) && raised.length === 0; at += 1) {
    const row = rows.nth(at);
    const customer = await row.getByRole("link").first().innerText();
    await row.getByRole("link", { name: "看每个条件" }).click();
    await expect(drawer.getByText("命中", { exact: true })).toBeVisible();
    await expect(answer).toContainText(/已产生预警|没有产生预警/);
    if ((await answer.innerText()).includes("已产生预警")) raised.push(customer);
    await page.keyboard.press("Escape");
    await expect(drawer).toBeHidden();
  }
  expect(raised, `an alert among the first ${MOST} customers that the rule matches`).toHaveLength(1);

  await alerts.open(`?scope=all&q=${encodeURIComponent(raised[0] ?? "")}`);
  const detail = await alerts.openRow(0);
  await expect(detail).toContainText(NAME);
});
