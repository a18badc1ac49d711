import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

test("the signal library opens a signal: what it means, who fires now, its numbers", async ({ strategy }) => {
  await strategy.open("signals", "信号库");
  await strategy.link("下单下降").click();
  await expect(strategy.heading("下单下降")).toBeVisible();
  await expect(strategy.heading("现在触发的客户")).toBeVisible();
  await expect(strategy.heading("参数")).toBeVisible();
});

test("DAT-15 readiness tells which signals cannot be computed and what would unlock them", async ({
  strategy,
  place,
}) => {
  await strategy.open("readiness", "数据就绪度");
  await expect(place.page.getByText(/\d+ \/ \d+ 个信号可计算/)).toBeVisible();
  await expect(strategy.link("导入行为")).toBeVisible();
});

test("SEG-01 tags have members at once, and a tag says who came and went", async ({ strategy, place }) => {
  await strategy.open("segments", "分群标签");
  await expect(place.page.getByText(/\d 家/).first()).toBeVisible();
  await strategy.link("沉睡").click();
  await expect(strategy.heading("沉睡").first()).toBeVisible();
});

test("DAT-13 metrics are listed, and a new one is previewed on real customers", async ({ strategy, place }) => {
  await strategy.open("metrics", "指标");
  test.skip(place.phone, "metrics are made on the desktop");
  await strategy.open("metrics/new", "新建指标");
  await expect(strategy.heading("真实客户的结果")).toBeVisible();
});

test("DAT-06 odd things wait for a person's word; a template tells what it contains", async ({ strategy }) => {
  await strategy.open("verification", "待验证");
  await strategy.open("gallery", "模板");
});
