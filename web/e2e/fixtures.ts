import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { AlertsPage } from "./pages/AlertsPage";
import { CustomerPage } from "./pages/CustomerPage";
import { CustomersPage } from "./pages/CustomersPage";
import { ImportPage } from "./pages/ImportPage";
import { LoginPage } from "./pages/LoginPage";
import { PlaybooksPage } from "./pages/PlaybooksPage";
import { RenewalsPage } from "./pages/RenewalsPage";
import { RulesPage } from "./pages/RulesPage";
import { ScoringPage } from "./pages/ScoringPage";
import { Shell } from "./pages/Shell";
import { StrategyPages } from "./pages/StrategyPages";
import { TasksPage } from "./pages/TasksPage";
import { TodayPage } from "./pages/TodayPage";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** Every page object calls this when it has opened: no WCAG A/AA finding, and no page wider than the screen. */
export async function checkPage(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
  ).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

export interface Place {
  page: Page;
  phone: boolean;
  /** `/w/sample` */
  base: string;
  check: () => Promise<void>;
}

interface Pages {
  place: Place;
  shell: Shell;
  login: LoginPage;
  alerts: AlertsPage;
  tasks: TasksPage;
  today: TodayPage;
  customers: CustomersPage;
  customer: CustomerPage;
  playbooks: PlaybooksPage;
  renewals: RenewalsPage;
  importing: ImportPage;
  rules: RulesPage;
  scoring: ScoringPage;
  strategy: StrategyPages;
}

export const test = base.extend<Pages>({
  place: async ({ page }, use, info) => {
    const base = `/w/${process.env.LIUKE_E2E_WORKSPACE ?? "sample"}`;
    await use({ page, phone: info.project.name === "phone", base, check: () => checkPage(page) });
  },
  shell: async ({ place }, use) => use(new Shell(place)),
  login: async ({ place }, use) => use(new LoginPage(place)),
  alerts: async ({ place }, use) => use(new AlertsPage(place)),
  tasks: async ({ place }, use) => use(new TasksPage(place)),
  today: async ({ place }, use) => use(new TodayPage(place)),
  customers: async ({ place }, use) => use(new CustomersPage(place)),
  customer: async ({ place }, use) => use(new CustomerPage(place)),
  playbooks: async ({ place }, use) => use(new PlaybooksPage(place)),
  renewals: async ({ place }, use) => use(new RenewalsPage(place)),
  importing: async ({ place }, use) => use(new ImportPage(place)),
  rules: async ({ place }, use) => use(new RulesPage(place)),
  scoring: async ({ place }, use) => use(new ScoringPage(place)),
  strategy: async ({ place }, use) => use(new StrategyPages(place)),
});

export { expect };
