import { expect } from "@playwright/test";
import type { Place } from "../fixtures";

export class LoginPage {
  constructor(private readonly place: Place) {}

  async open(): Promise<void> {
    await this.place.page.goto("/login");
    await expect(this.place.page.getByLabel("密码", { exact: true })).toBeVisible();
    await this.place.check();
  }

  async enter(email: string, password: string): Promise<void> {
    const { page } = this.place;
    await page.getByLabel("邮箱").fill(email);
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByRole("button", { name: "登录" }).click();
    await expect(page).toHaveURL(/\/w\//);
  }
}
