import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class RenewalsPage {
  constructor(private readonly place: Place) {}

  async open(query = ""): Promise<void> {
    await this.place.page.goto(`${this.place.base}/renewals${query}`);
    await expect(this.windows().first()).toBeVisible();
    await this.place.check();
  }

  windows(): Locator {
    return this.place.page.getByRole("group", { name: "到期区间" }).getByRole("button");
  }

  rows(): Locator {
    return this.place.phone
      ? this.place.page.locator("main li.renewal-card")
      : this.place.page.locator("main tbody tr");
  }

  /** The first row that has not been started. */
  notStarted(): Locator {
    return this.rows()
      .filter({ has: this.place.page.getByRole("button", { name: /^启动续约/ }) })
      .first();
  }
}
