import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class CustomersPage {
  constructor(private readonly place: Place) {}

  rows(): Locator {
    const { page, base } = this.place;
    return page.locator(`main a[href^="${base}/customers/"]:not([href$="/watch"])`);
  }

  /** The customer's name alone: on the phone the whole card is the link. */
  name(index: number): Locator {
    const row = this.rows().nth(index);
    return this.place.phone ? row.locator("strong").first() : row;
  }

  async open(query = ""): Promise<void> {
    await this.place.page.goto(`${this.place.base}/customers${query}`);
    await expect(this.rows().first()).toBeVisible();
    await this.place.check();
  }

  view(name: string): Locator {
    return this.place.page.getByRole("group", { name: "客户范围" }).getByRole("button", { name });
  }

  /** Ticks one value of a filter, on the phone in the sheet. */
  async filter(label: string, value: string): Promise<void> {
    const { page, phone } = this.place;
    await page
      .getByRole("button", { name: phone ? /^筛选/ : label })
      .first()
      .click();
    const box = phone ? page.getByRole("group", { name: label }) : page.getByRole("dialog", { name: label });
    await box.getByLabel(value, { exact: true }).click();
    if (phone) await page.getByRole("button", { name: "完成" }).click();
    else await page.keyboard.press("Escape");
  }

  async search(text: string): Promise<void> {
    await this.place.page.getByRole("searchbox").fill(text);
  }

  async names(): Promise<string[]> {
    await expect(this.rows().first()).toBeVisible();
    return this.rows().allInnerTexts();
  }
}
