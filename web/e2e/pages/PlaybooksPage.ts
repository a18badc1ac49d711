import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

/** 挽回流程: the list, the builder and who is in a flow. */
export class PlaybooksPage {
  constructor(private readonly place: Place) {}

  async open(): Promise<void> {
    await this.place.page.goto(`${this.place.base}/playbooks`);
    await expect(this.place.page.getByRole("heading", { level: 1, name: "挽回流程" })).toBeVisible();
    await this.place.check();
  }

  async openNew(): Promise<void> {
    await this.place.page.goto(`${this.place.base}/playbooks/new`);
    await expect(this.canvas()).toBeVisible();
    await this.place.check();
  }

  canvas(): Locator {
    return this.place.page.getByRole("region", { name: "流程画布" });
  }

  settings(): Locator {
    return this.place.page.getByRole("complementary", { name: "设置" });
  }

  /** A step of the palette, hung behind what is selected. */
  async add(step: string): Promise<void> {
    await this.palette(step).click();
    await expect(this.settings().getByRole("heading", { name: step })).toBeVisible();
  }

  palette(step: string): Locator {
    return this.place.page.getByRole("navigation", { name: "步骤" }).getByRole("button", { name: step, exact: true });
  }

  nodes(): Locator {
    return this.place.page.locator(".react-flow__node");
  }

  button(name: string): Locator {
    return this.place.page.getByRole("main").getByRole("button", { name, exact: true });
  }

  async publish(): Promise<void> {
    await this.button("发布").click();
    const dialog = this.place.page.getByRole("dialog", { name: "发布流程" });
    await expect(dialog.getByText(/执行流程/)).toBeVisible({ timeout: 30_000 });
    await dialog.getByRole("button", { name: "发布" }).click();
    await expect(dialog).toBeHidden({ timeout: 30_000 });
  }

  async enrol(customer: string): Promise<void> {
    const { page } = this.place;
    await page.getByRole("button", { name: "手动加入" }).click();
    const form = page.getByRole("dialog");
    const search = form.getByRole("combobox", { name: "客户" });
    await search.fill(customer);
    await expect(page.locator(".ant-select-item-option-active:visible", { hasText: customer })).toBeVisible();
    await search.press("Enter");
    await form.getByRole("button", { name: "手动加入" }).click();
    await expect(form).toBeHidden();
  }
}
