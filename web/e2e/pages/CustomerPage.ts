import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class CustomerPage {
  constructor(private readonly place: Place) {}

  async open(path: string): Promise<void> {
    await this.place.page.goto(path);
    await this.ready();
    await this.place.check();
  }

  async ready(): Promise<void> {
    await expect(this.place.page.getByRole("heading", { name: "流失风险" })).toBeVisible();
  }

  /** A tab of the phone; on the desktop everything stands side by side. */
  async tab(name: string): Promise<void> {
    if (this.place.phone)
      await this.place.page.getByRole("group", { name: "客户页" }).getByRole("button", { name }).click();
  }

  reasons(): Locator {
    return this.place.page.locator("main button.reason");
  }

  async openEvidence(index: number): Promise<Locator> {
    await this.reasons().nth(index).click();
    const drawer = this.place.page.getByRole("dialog");
    await expect(drawer.getByText(/原始记录 \d+ 条/).first()).toBeVisible();
    return drawer;
  }

  async registerOutcome(kind: string): Promise<void> {
    const { page } = this.place;
    await page.getByRole("button", { name: "登记结果" }).click();
    await page.getByRole("radio", { name: kind }).click();
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await expect(page.getByText(`已登记「${kind}」`)).toBeVisible();
  }
}
