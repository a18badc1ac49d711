import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { stateOf } from "./accounts";
import { expect, type Place, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

const PYTHON = resolve(import.meta.dirname, "../../.venv/bin/python");
const LAST_TOKEN = `
import sqlite3, sys
rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
print(rows.execute("select token from act_customermessage where medium = 'email' order by id desc limit 1").fetchone()[0])
`;

/** What the recipient would find at the end of the mail. The sample never sends, so it is read where the message waits. */
const addressInTheMail = (folder: string): string =>
  `/u/${execFileSync(PYTHON, ["-c", LAST_TOKEN, join(folder, "liuke.sqlite3")], { encoding: "utf8" }).trim()}`;

/** The panel of a customer's page that says what may be sent; the phone keeps it under 资料. */
async function consents({ page, phone }: Place) {
  if (phone) await page.getByRole("group", { name: "客户页" }).getByRole("button", { name: "资料" }).click();
  return page.locator("section").filter({ has: page.getByRole("heading", { name: "触达同意" }) });
}

/** A customer who agreed to mails and has not had one: the governor lets a mail to them pass. */
async function willing({ page, base }: Place): Promise<number> {
  const api = `/api/v1${base}`;
  await page.goto(`${base}/customers`);
  const token = (await page.context().cookies()).find(({ name }) => name === "csrftoken")?.value ?? "";
  const headers = { "X-CSRFToken": token, Referer: page.url() };
  const data = { channel: "email", template: "bundle_talk", variables: {} };
  const watched: { items: { customer: { id: number } }[] } = await (
    await page.request.get(`${api}/watch?limit=50`)
  ).json();
  for (const { customer } of watched.items) {
    const answer = await page.request.post(`${api}/customers/${customer.id}/messages/preview`, { data, headers });
    const { verdict } = await answer.json();
    if (verdict.verdict !== "refused") return customer.id;
  }
  throw new Error("nobody may be written to");
}

test("a recipient opts out on the page of the mail's link; the customer's page says so for that channel only", async ({
  customer,
  place,
  browser,
}) => {
  const folder = process.env.LIUKE_E2E_DATA ?? "";
  test.skip(folder === "", "the mail's link is read from the server's data");
  const { page, base } = place;
  await page.goto(`${base}/customers/${await willing(place)}`);
  await customer.ready();
  const here = page.url();

  await test.step("a marketing mail is judged and kept", async () => {
    await customer.tab("任务");
    await page.getByRole("button", { name: "发消息" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("模板").selectOption({ label: "组合套餐推荐" });
    await expect(sheet.getByRole("status")).toContainText("模拟工作区：只判定，不发送");
    await sheet.getByRole("button", { name: "发送" }).click();
    await expect(sheet).toBeHidden();
  });

  await test.step("the recipient, who has no account, confirms; looking alone changes nothing", async () => {
    const visit = await browser.newContext({ locale: "zh-CN", storageState: { cookies: [], origins: [] } });
    const mail = await visit.newPage();
    await mail.goto(addressInTheMail(folder));
    await expect(mail.getByRole("heading", { name: "退订" })).toBeVisible();
    await expect(mail.getByText(/将不再收到.*的营销消息/)).toBeVisible();
    const confirm = mail.getByRole("button", { name: "确认退订" });
    expect((await confirm.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await confirm.click();
    await expect(mail.getByText(/^已退订/)).toBeVisible();
    await visit.close();
  });

  await page.goto(here);
  await customer.ready();
  const panel = await consents(place);
  const mail = panel.locator(".row").filter({ hasText: "已撤回" });
  await expect(mail).toHaveCount(1);
  await expect(mail).toContainText("邮件");
  await expect(mail).toContainText("地址已停发");
  await expect(panel.locator(".row").filter({ hasText: "短信" }).filter({ hasText: "已撤回" })).toHaveCount(0);
  await place.check();
});
