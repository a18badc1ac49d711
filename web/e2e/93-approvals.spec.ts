import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

const NAME = "端到端审批";

test("a flow asks before it acts; whoever stands at the question is counted on its node", async ({
  playbooks,
  place,
}) => {
  test.skip(place.phone, "flows are made on the desktop");
  test.slow();
  const { page } = place;
  await playbooks.openNew();
  await page.getByRole("textbox", { name: "流程名称" }).fill(`${NAME} ${Date.now()}`);
  await page.getByRole("combobox", { name: "触发方式" }).selectOption("manual");
  await playbooks.add("审批");
  await playbooks.settings().getByLabel("请批什么").fill("给九折");
  await playbooks.add("派任务");
  await playbooks.settings().getByLabel("标题").fill("送优惠上门");
  await playbooks.add("结束");
  await expect(page.getByText(/解决后才能发布/)).toBeHidden();

  await test.step("publishing counts in the background and may be stopped", async () => {
    await playbooks.button("发布").click();
    const dialog = page.getByRole("dialog", { name: "发布流程" });
    await expect(dialog.getByText(/执行流程|正在计算/)).toBeVisible();
    await expect(dialog.getByText(/执行流程/)).toBeVisible({ timeout: 60_000 });
    await place.check();
    await dialog.getByRole("button", { name: "发布" }).click();
    await expect(dialog).toBeHidden({ timeout: 30_000 });
  });

  await page.getByRole("group", { name: "流程视图" }).getByRole("button", { name: "客户" }).click();
  for (const part of ["Stores", "Gifts", "Supplies", "Emporium"]) {
    await playbooks.enrol(part);
    const stands = page.getByText("停在「给九折」").first();
    if (await stands.isVisible({ timeout: 5_000 }).catch(() => false)) break;
  }
  await expect(page.getByText("停在「给九折」").first()).toBeVisible({ timeout: 30_000 });

  await test.step("live counts on nodes", async () => {
    await page.getByRole("group", { name: "流程视图" }).getByRole("button", { name: "流程图" }).click();
    await expect(playbooks.nodes().filter({ hasText: "审批" })).toContainText(/在此 [1-9]/);
    await expect(playbooks.nodes().filter({ hasText: "送优惠上门" })).not.toContainText(/在此 [1-9]/);
  });
});

test("the question is answered on the phone, and the customer goes on", async ({ playbooks, place }) => {
  test.skip(!place.phone, "the phone's part of the flow above");
  const { page } = place;
  await playbooks.open();
  const asked = page.getByRole("region", { name: /等你审批/ });
  await expect(asked.getByText("给九折").first()).toBeVisible();
  const yes = asked.getByRole("button", { name: /^同意 / }).first();
  expect((await yes.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  const customer = ((await yes.getAttribute("aria-label")) ?? "").replace("同意 ", "");
  await asked.getByLabel(`给 ${customer} 的审批意见`).first().fill("老客户，可以");
  await yes.click();
  await expect(page.getByText("已提交，流程继续")).toBeVisible();
  await page.getByRole("link", { name: NAME }).first().click();
  await expect(page.getByText("第 1 步：审批")).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("listitem").filter({ hasText: "第 1 步：审批" })).not.toContainText("在此");
  }).toPass({ timeout: 60_000 });
});
