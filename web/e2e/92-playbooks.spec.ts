import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

const NAME = "端到端回访";

test("a flow from nothing: built, tried, published, and a customer goes through it as days pass", async ({
  playbooks,
  shell,
  place,
}) => {
  test.skip(place.phone, "flows are made on the desktop");
  test.setTimeout(360_000); // a day of the sample is scored in it
  const { page, base } = place;
  const title = `${NAME} ${Date.now()}`; // a second run on one server has a flow of its own
  await playbooks.openNew();

  await test.step("what is wrong stands against publishing", async () => {
    await page.getByRole("textbox", { name: "流程名称" }).fill(title);
    await page.getByRole("combobox", { name: "触发方式" }).selectOption("manual");
    await expect(page.getByText(/解决后才能发布/)).toBeVisible();
    await expect(playbooks.button("发布")).toBeDisabled();
  });

  await test.step("steps by click, by dragging and by keyboard", async () => {
    await playbooks.add("派任务");
    await expect(page.getByText(/解决后才能发布/)).toBeVisible();
    await playbooks.settings().getByLabel("标题").fill("电话回访");
    await playbooks.add("等待");
    await playbooks.settings().getByLabel("天", { exact: true }).fill("1");
    await playbooks.palette("派任务").dragTo(playbooks.canvas(), { targetPosition: { x: 120, y: 420 } });
    await expect(playbooks.nodes()).toHaveCount(4);
    await page.keyboard.press("Control+z");
    await expect(playbooks.nodes()).toHaveCount(3);
    await playbooks.nodes().filter({ hasText: "等待" }).click();
    await playbooks.add("派任务");
    await playbooks.settings().getByLabel("标题").fill("回访复查");
    await playbooks.add("结束");
    await expect(page.getByText(/解决后才能发布/)).toBeHidden();
    await place.check();
  });

  await test.step("试运行 shows who would be called on which day", async () => {
    await playbooks.button("试运行").click();
    const drawer = page.getByRole("dialog", { name: "试运行" });
    await drawer.getByRole("button", { name: "开始推演" }).click();
    await expect(drawer.getByText(/将执行/)).toBeVisible({ timeout: 60_000 });
    await expect(drawer.locator(".sim-day").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(drawer).toBeHidden();
  });

  await playbooks.publish();
  await expect(page).toHaveURL(/\/playbooks\/\d+/);
  await expect(page.getByText("运行中", { exact: true })).toBeVisible();
  const flow = page.url();

  await test.step("customers are put in by hand until one is treated; the hold-out does nothing", async () => {
    await page.getByRole("group", { name: "流程视图" }).getByRole("button", { name: "客户" }).click();
    for (const part of ["Stores", "Gifts", "Supplies", "Emporium"]) {
      await playbooks.enrol(part);
      if (
        await page
          .getByText(/^停在/)
          .first()
          .isVisible({ timeout: 3_000 })
          .catch(() => false)
      )
        break;
    }
    await expect(page.getByText("停在「等待」").first()).toBeVisible({ timeout: 30_000 });
  });
  const customer = page.getByRole("table").getByRole("link").first();
  const name = await customer.innerText();
  const path = await customer.getAttribute("href");

  await test.step("a day later the second step has been done, and 客户360 tells it", async () => {
    await page.goto(base);
    const before = await shell.clock().getAttribute("aria-label");
    await shell.forwardOneDay();
    await expect(shell.clock()).not.toHaveAttribute("aria-label", before ?? "", { timeout: 120_000 });
    const stay = page.getByRole("region", { name: title });
    await expect(async () => {
      await page.goto(path ?? "");
      await expect(stay.getByText(/已结束|走完|完成/).first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 90_000 });
    await stay.locator("summary").click();
    await expect(stay).toContainText("回访复查");
  });

  await test.step("BEY-02 whoever was held out was counted and got nothing", async () => {
    await page.goto(flow);
    await page.getByRole("group", { name: "流程视图" }).getByRole("button", { name: "客户" }).click();
    await page.getByRole("group", { name: "客户范围" }).getByRole("button", { name: "对照组" }).click();
    await expect(page.getByText(name, { exact: true })).toBeHidden();
    await expect(page.getByText(/^停在/)).toHaveCount(0);
  });
});

test("on the phone a flow reads as steps, and nothing can be built", async ({ playbooks, place }) => {
  test.skip(!place.phone, "the phone's own page");
  const { page } = place;
  await playbooks.open();
  await page.getByRole("link", { name: NAME }).first().click();
  await expect(page.getByText("第 1 步：派任务")).toBeVisible();
  await expect(page.getByText("第 2 步：等待")).toBeVisible();
  await expect(page.getByRole("button", { name: "发布" })).toHaveCount(0);
  await place.check();
});
