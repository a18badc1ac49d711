import { expect, test } from "./fixtures";

test("from the log-in to a task that is done: alert, why, follow-up, check, undo", async ({
  login,
  alerts,
  tasks,
  shell,
  place,
}) => {
  const note = `已通话,下周补货 ${place.phone ? "手机" : "桌面"}`;
  await login.open();
  await login.enter(String(process.env.LIUKE_E2E_MANAGER), String(process.env.LIUKE_E2E_PASSWORD));
  await alerts.open("?q=Supplies");
  const index = place.phone ? 1 : 0;
  const name = await alerts.name(index).innerText();
  const detail = await alerts.openRow(index);
  await expect(detail.getByText("基础分")).toBeVisible();
  await alerts.followUp(detail, note);
  await expect(detail.getByText(note)).toBeVisible();

  await tasks.open();
  const card = tasks.card(note);
  await expect(card).toContainText(name);
  await tasks.check(card).click();
  await expect(card).toHaveCount(0);
  await shell.undo().click();
  await expect(card).toHaveCount(1);
  await tasks.check(card).click();
  await expect(card).toHaveCount(0);
  await tasks.open("?view=done");
  await expect(tasks.card(note)).toBeVisible();
});
