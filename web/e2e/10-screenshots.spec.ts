import { resolve } from "node:path";
import { stateOf } from "./accounts";
import { expect, type Place, test } from "./fixtures";

const FOLDER = resolve(import.meta.dirname, "../../docs/screenshots");

async function keep({ page, phone }: Place, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await page.screenshot({
    path: `${FOLDER}/${name}-${phone ? "phone" : "desktop"}.png`,
    animations: "disabled",
    scale: "css",
  });
}

test.describe("the main pages as an account manager sees them", () => {
  test.use({ storageState: stateOf("manager") });

  test("alerts and one alert", async ({ alerts, place }) => {
    await alerts.open();
    await keep(place, "alerts");
    await alerts.openRow(0);
    await place.check();
    await keep(place, "alert");
  });

  test("tasks and today", async ({ tasks, today, place }) => {
    await tasks.open();
    await keep(place, "tasks");
    await today.open();
    await keep(place, "today");
  });

  test("customers and one customer", async ({ customers, customer, place }) => {
    await customers.open("?sort=-expected_loss");
    await keep(place, "customers");
    await customers.rows().first().click();
    await customer.ready();
    await place.check();
    await keep(place, "customer");
  });

  test("renewals", async ({ renewals, place }) => {
    await renewals.open();
    await keep(place, "renewals");
  });
});

test.describe("the main pages as an admin sees them", () => {
  test.use({ storageState: stateOf("admin") });

  test("the home page", async ({ shell, place }) => {
    await shell.openHome();
    if (!place.phone) await keep(place, "dashboard");
  });

  test("scoring", async ({ scoring, place }) => {
    await scoring.open();
    await keep(place, "scoring");
  });
});
