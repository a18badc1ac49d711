import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

/** The pages on which signals, tags, metrics and their data are looked at: each opens by its path and tells its heading. */
export class StrategyPages {
  constructor(private readonly place: Place) {}

  async open(path: string, heading: string): Promise<void> {
    await this.place.page.goto(`${this.place.base}/${path}`);
    await expect(this.place.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await this.settled();
    await this.place.check();
  }

  /** Nothing is loading any more. */
  async settled(): Promise<void> {
    await expect(this.place.page.getByRole("main").getByRole("status")).toHaveCount(0);
  }

  link(name: string): Locator {
    return this.place.page.getByRole("main").getByRole("link", { name }).first();
  }

  heading(name: string): Locator {
    return this.place.page.getByRole("heading", { name });
  }
}
