import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class ImportPage {
  constructor(private readonly place: Place) {}

  async open(): Promise<void> {
    await this.place.page.goto(`${this.place.base}/data/import`);
    await expect(this.place.page.getByRole("button", { name: "选择文件" }).last()).toBeVisible();
    await this.place.check();
  }

  async upload(name: string, text: string): Promise<void> {
    const file = { name, mimeType: "text/csv", buffer: Buffer.from(text, "utf-8") };
    await this.place.page.locator('input[type="file"]').setInputFiles(file);
    await expect(this.place.page.getByRole("heading", { name: "每一列对应什么" })).toBeVisible();
  }

  async start(): Promise<void> {
    await this.place.page.getByRole("button", { name: "开始导入" }).click();
    await expect(this.place.page.getByText("导入完成")).toBeVisible({ timeout: 60_000 });
  }

  download(): Locator {
    return this.place.page.getByRole("link", { name: "下载未通过的行" });
  }
}
