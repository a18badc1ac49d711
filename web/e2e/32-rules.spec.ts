import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

const NAME = "重点客户下单骤降";

test("RUL-05 a nested rule with an exclusion from nothing: counted as it grows, saved, published, and rolled back", async ({
  rules,
  place,
}) => {
  test.skip(place.phone, "rules are edited on the desktop");
  test.slow();
  const { page } = place;
  await rules.openNew();
  await page.getByLabel("规则名称").fill(NAME);
  const first = rules.condition(rules.when());
  await rules.chooseField(first, "距上次下单");
  await rules.number(
    rules
      .when()
      .getByRole("group", { name: /^条件：/ })
      .first(),
    "ge",
    "60",
  );
  const wide = await rules.count();
  expect(wide).toBeGreaterThan(0);

  await rules.when().getByRole("button", { name: "添加条件组" }).click();
  const inner = rules.when().getByRole("group", { name: "条件组，满足任一" });
  await rules.chooseField(rules.condition(inner), "价值层级");
  await inner.getByLabel("比较方式").selectOption("eq");
  await inner.getByLabel("文字").selectOption("high");
  await page.getByRole("button", { name: "添加排除条件" }).click();
  await rules.chooseField(rules.condition(rules.exclusion()), "距上次下单");
  await rules.number(
    rules
      .exclusion()
      .getByRole("group", { name: /^条件：/ })
      .first(),
    "ge",
    "400",
  );
  await expect.poll(() => rules.count()).toBeLessThan(wide);
  const narrow = await rules.count();
  expect(narrow).toBeGreaterThan(0);
  await expect(rules.words()).toContainText("排除以下客户");
  await page.getByLabel("预警等级").selectOption("high");
  await place.check();

  await page.getByRole("button", { name: "存为草稿" }).click();
  await expect(page).toHaveURL(/\/rules\/\d+$/);
  await expect(page.getByRole("button", { name: "版本记录" })).toBeVisible(); // the page of the saved rule stands
  const dialog = await rules.publish("第一版");
  await expect(dialog).toContainText(`现在命中 ${narrow.toLocaleString("en-US")}`);
  await dialog.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText("已发布第 1 版")).toBeVisible();

  await rules.number(rules.when().getByRole("group", { name: /^条件：距上次下单/ }), "ge", "90");
  await expect(page.getByText(/草稿已自动保存/)).toBeVisible({ timeout: 20_000 });
  const second = await rules.publish("收紧");
  await expect(second).toContainText("将替换第 1 版");
  await second.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText("已发布第 2 版")).toBeVisible();

  await page.getByRole("button", { name: "版本记录" }).click();
  const versions = page.getByRole("dialog", { name: "版本记录" });
  await expect(versions).toContainText("收紧");
  await versions
    .getByRole("listitem")
    .filter({ hasText: "第一版" })
    .getByRole("button", { name: "恢复为草稿" })
    .click();
  await page.getByRole("button", { name: "确定" }).click();
  await expect(page.getByText(/第 1 版已放进草稿/)).toBeVisible();
  await expect(rules.when().getByRole("spinbutton").first()).toHaveValue("60");
});

test("BEY-01 a rule is backtested: figures with intervals beside the base rate, and customers by name", async ({
  rules,
  place,
}) => {
  test.slow();
  const { page } = place;
  await rules.open();
  await page.getByRole("link", { name: NAME }).first().click();
  await rules.view("回测").click();
  await page.getByRole("button", { name: /开始回测|重新回测/ }).click();
  const figures = page.getByRole("table", { name: "回测结果" });
  await expect(figures).toBeVisible({ timeout: 150_000 });
  await expect(figures.getByRole("row", { name: /^准确率.*%.*\(.*–.*\).*n=/ })).toBeVisible();
  await expect(figures.getByRole("row", { name: /^流失基准率.*%/ })).toBeVisible();
  await expect(
    page.getByRole("group", { name: "逐个客户" }).getByRole("button", { name: /^抓到 [\d,]+$/ }),
  ).toBeVisible();
  await place.check();
});

test("BEY-07 why a rule matches a customer, and why it does not", async ({ rules, place }) => {
  const { page } = place;
  await rules.open();
  await page.getByRole("link", { name: NAME }).first().click();
  await page.getByRole("button", { name: "查一位客户" }).click();
  const drawer = page.getByRole("dialog", { name: "为什么 / 为什么没有" });
  const whom = drawer.getByRole("combobox", { name: "选择客户" });
  await whom.click();
  await expect(page.locator(".ant-select-item-option-active:visible")).toBeVisible();
  await whom.press("Enter");
  await expect(drawer.getByRole("region", { name: "触发条件" })).toBeVisible();
  await expect(drawer.getByText(/实际：/).first()).toBeVisible();
  await expect(drawer.getByRole("region", { name: "有没有预警" })).toBeVisible();
  await place.check();
});

test("on a phone a rule reads as sentences and can be switched", async ({ rules, place }) => {
  test.skip(!place.phone, "the phone's view");
  const { page } = place;
  await rules.open();
  const card = page.getByRole("listitem").filter({ hasText: NAME }).first();
  await expect(card).toContainText("距上次下单");
  await card.getByRole("switch").click();
  await expect(page.getByText(`已停用「${NAME}」`)).toBeVisible();
  await card.getByRole("link", { name: NAME }).click();
  await expect(page.getByText(/修改规则请在电脑上进行/)).toBeVisible();
  await expect(page.getByRole("button", { name: "发布", exact: true })).toHaveCount(0);
  await place.check();
  await page.getByRole("switch").click();
  await expect(page.getByText(`已启用「${NAME}」`)).toBeVisible();
});
