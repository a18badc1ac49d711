import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class TodayPage {
  constructor(private readonly place: Place) {}

  async open(): Promise<void> {
    await this.place.page.goto(`${this.place.base}/today`);
    await expect(this.cards().first()).toBeVisible();
    await this.place.check();
  }

  cards(): Locator {
    return this.place.page.locator("main ol > li");
  }
}
