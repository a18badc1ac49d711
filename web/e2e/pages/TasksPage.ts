import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

export class TasksPage {
  constructor(private readonly place: Place) {}

  async open(query = ""): Promise<void> {
    await this.place.page.goto(`${this.place.base}/tasks${query}`);
    await expect(this.cards().first().or(this.place.page.getByText("没有待办任务"))).toBeVisible();
    await this.place.check();
  }

  cards(): Locator {
    return this.place.page.locator("main li.task");
  }

  card(text: string): Locator {
    return this.cards().filter({ hasText: text });
  }

  check(card: Locator): Locator {
    return card.getByRole("checkbox", { name: /^完成/ });
  }

  async create(title: string, customer: string): Promise<void> {
    const { page } = this.place;
    await page.getByRole("button", { name: "新建任务" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("combobox", { name: "客户" }).fill(customer);
    await page.locator(".ant-select-item-option").first().click();
    await form.getByLabel("要做什么").fill(title);
    await form.getByRole("button", { name: "保存" }).click();
    await expect(this.card(title)).toBeVisible();
  }
}
