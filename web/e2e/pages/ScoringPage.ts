import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class ScoringPage {
  constructor(private readonly place: Place) {}

  async open(): Promise<void> {
    await this.place.page.goto(`${this.place.base}/scoring`);
    await expect(this.place.page.getByRole("heading", { name: "指标权重" })).toBeVisible();
    await this.place.check();
  }

  weight(signal: string): Locator {
    return this.place.page.getByRole("spinbutton", { name: `「${signal}」的满分权重` });
  }

  preview(): Locator {
    return this.place.page.getByRole("region", { name: "发布前预览" });
  }
}
