import { resolve } from "node:path";
import { request } from "@playwright/test";

export type Account = "admin" | "manager";

/** The browser state of a logged-in account, made once by the global set-up. */
export const stateOf = (account: Account): string => resolve(import.meta.dirname, `.auth/${account}.json`);

/** Logs in through the API, as the log-in page does, and keeps the cookies. */
export async function keepSession(url: string, account: Account, email: string, password: string): Promise<void> {
  const context = await request.newContext({ baseURL: url });
  await context.get("/api/v1/session");
  const { cookies } = await context.storageState();
  const token = cookies.find(({ name }) => name === "csrftoken")?.value ?? "";
  const answer = await context.post("/_allauth/browser/v1/auth/login", {
    data: { email, password },
    headers: { "X-CSRFToken": token, Referer: url },
  });
  if (!answer.ok()) throw new Error(`log-in as ${email}: ${answer.status()} ${await answer.text()}`);
  await context.storageState({ path: stateOf(account) });
  await context.dispose();
}
