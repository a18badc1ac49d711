import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class AlertsPage {
  constructor(private readonly place: Place) {}

  /** The links of the rows (desktop) or cards (phone). */
  rows(): Locator {
    const { page, base } = this.place;
    return page.locator(`main a[href^="${base}/alerts/"]`);
  }

  /** The customer's name alone: on the phone the whole card is the link. */
  name(index: number): Locator {
    const row = this.rows().nth(index);
    return this.place.phone ? row.locator("strong").first() : row;
  }

  async open(query = ""): Promise<void> {
    await this.place.page.goto(`${this.place.base}/alerts${query}`);
    await expect(this.rows().first()).toBeVisible();
    await this.place.check();
  }

  chip(name: string): Locator {
    return this.place.page
      .getByRole("group", { name: "预警范围" })
      .getByRole("button", { name: new RegExp(`^${name}`) });
  }

  /** Opens one alert and answers its detail: a drawer on the desktop, the page on the phone. */
  async openRow(index: number): Promise<Locator> {
    await this.rows().nth(index).click();
    await expect(this.place.page).toHaveURL(/\/alerts\/\d+/);
    const detail = this.place.phone ? this.place.page.locator("main") : this.place.page.getByRole("dialog").first();
    await expect(detail.getByRole("heading", { name: "为什么预警" })).toBeVisible();
    return detail;
  }

  async followUp(detail: Locator, note: string): Promise<void> {
    const { page } = this.place;
    await detail.getByRole("button", { name: "跟进", exact: true }).click();
    await page.getByRole("radio", { name: "接通" }).click();
    await page.getByLabel("备注", { exact: true }).fill(note);
    await page.getByRole("button", { name: "明天" }).click();
    await page.getByRole("button", { name: "保存跟进" }).click();
    await expect(page.getByText("已记录跟进")).toBeVisible();
  }
}
