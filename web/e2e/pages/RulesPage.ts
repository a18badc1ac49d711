import { expect, type Locator } from "@playwright/test";
import type { Place } from "../fixtures";

/** 预警规则: the list, and one rule with its builder. */
export class RulesPage {
  constructor(private readonly place: Place) {}

  private get page() {
    return this.place.page;
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`${this.place.base}/rules${query}`);
    await expect(this.page.getByRole("heading", { level: 1, name: "预警规则" })).toBeVisible();
    await expect(this.page.locator(".skeleton")).toHaveCount(0);
    await this.place.check();
  }

  async openNew(): Promise<void> {
    await this.page.goto(`${this.place.base}/rules/new`);
    await expect(this.when()).toBeVisible();
    await this.place.check();
  }

  when(): Locator {
    return this.page.getByRole("region", { name: "触发条件" });
  }

  exclusion(): Locator {
    return this.page.getByRole("region", { name: "排除以下客户" });
  }

  matched(): Locator {
    return this.page.getByTestId("matched");
  }

  words(): Locator {
    return this.page.getByRole("region", { name: "规则表达" });
  }

  /** A condition by its field's name; a new one has none. */
  condition(within: Locator, name = "未选择字段"): Locator {
    return within.getByRole("group", { name: `条件：${name}`, exact: true });
  }

  /** Chooses a field by typing a part of its name and Enter: the keyboard alone. */
  async chooseField(row: Locator, text: string): Promise<void> {
    const field = row.getByRole("combobox", { name: "字段" });
    await field.focus();
    await field.fill(text);
    await expect(this.page.locator(".ant-select-item-option-active:visible", { hasText: text })).toBeVisible();
    await field.press("Enter");
  }

  async number(row: Locator, op: string, value: string): Promise<void> {
    await row.getByLabel("比较方式").selectOption(op);
    await row.getByRole("spinbutton").fill(value);
    await row.getByRole("spinbutton").press("Tab");
  }

  /** How many customers the preview names now. */
  async count(): Promise<number> {
    await expect(this.page.getByText(/^按 .* 的数据$/)).toBeVisible({ timeout: 20_000 });
    return Number((await this.matched().innerText()).replace(/\D/g, ""));
  }

  view(name: string): Locator {
    return this.page.getByRole("group", { name: "规则页签" }).getByRole("button", { name, exact: true });
  }

  async publish(note: string): Promise<Locator> {
    await this.page.getByRole("button", { name: "发布", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "发布规则" });
    await dialog.getByLabel("改动说明").fill(note);
    return dialog;
  }
}
