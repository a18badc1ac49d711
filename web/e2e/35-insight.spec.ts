import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

test("ML-01 the page of the model says how far the data reach, and that a promise needs a model", async ({
  strategy,
  place,
}) => {
  await place.page.goto(`${place.base}/model`);
  await expect(place.page.getByText(/历史 \d+ 个时点/)).toBeVisible({ timeout: 30_000 });
  await place.check();
  await expect(place.page.getByRole("button", { name: "训练新模型" })).toBeEnabled();
  await strategy.open("model/promise", "精确率承诺");
});

test("SIG-33 a message is reviewed with one tap, and the verdict is taken back", async ({ strategy, place }) => {
  await strategy.open("text", "质检与词库");
  await expect(place.page.getByText(/全部客户为 \d+%/)).toBeVisible({ timeout: 30_000 });
  const agree = place.page.getByRole("button", { name: "认同" });
  const waiting = await agree.count();
  await agree.first().click();
  await place.page
    .getByRole("button", { name: /撤销|撤回/ })
    .first()
    .click();
  await expect(agree).toHaveCount(waiting);
  await strategy.open("text?tab=lists", "质检与词库");
});

test("BEY-12 rules are found in the own past, with what they were worth later", async ({ strategy, place }) => {
  test.setTimeout(240_000);
  await strategy.open("mining", "挖掘");
  test.skip(place.phone, "one search is enough");
  await place.page.getByRole("button", { name: "开始挖掘" }).click();
  await expect(place.page.getByRole("button", { name: "采纳为规则草稿" }).first()).toBeVisible({ timeout: 200_000 });
  await expect(place.page.getByText(/命中 \d+ 家，流失 \d+ 家/).first()).toBeVisible();
  await place.check();
});

test("BEY-13 an order list alone gives a report", async ({ strategy, place }) => {
  test.setTimeout(120_000);
  await strategy.open("checkup", "流失体检");
  const day = (ago: number) => new Date(Date.UTC(2025, 11, 31) - ago * 86_400_000).toISOString().slice(0, 10);
  const rows = ["订单号,客户编号,下单时间,金额"];
  for (let customer = 0; customer < 60; customer += 1) {
    const last = customer % 3 === 0 ? 200 + customer : customer % 20;
    for (let ago = 720; ago >= last; ago -= 20 + (customer % 7)) {
      rows.push(`D${customer}-${ago},C${customer},${day(ago)},${100 + customer}`);
    }
  }
  const file = { name: "订单.csv", mimeType: "text/csv", buffer: Buffer.from(`${rows.join("\n")}\n`) };
  await place.page.getByLabel("选择订单文件").setInputFiles(file);
  await expect(place.page.getByRole("link", { name: "下载报告" })).toBeVisible({ timeout: 100_000 });
  await place.check();
});
