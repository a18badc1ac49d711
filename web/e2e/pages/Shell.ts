import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

/** What stands around every page. */
export class Shell {
  constructor(private readonly place: Place) {}

  /** 预警看板 on the desktop, 今日 on the phone. */
  async openHome(): Promise<void> {
    await this.place.page.goto(this.place.base);
    await expect(this.place.page.getByRole("heading", { level: 1 })).toHaveText(this.place.phone ? "今日" : "预警看板");
    await this.place.check();
  }

  clock(): Locator {
    return this.place.page.getByRole("button", { name: /^时间机器/ });
  }

  async forwardOneDay(): Promise<void> {
    await this.clock().click();
    await this.place.page.getByRole("button", { name: "前进1天" }).click();
  }

  undo(): Locator {
    return this.place.page.getByRole("button", { name: "撤销" }).last();
  }
}
