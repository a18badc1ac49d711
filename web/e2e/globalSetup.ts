import { keepSession } from "./accounts";
import { type FirstLogin, startServer } from "./server";

/** A server for this run, unless `LIUKE_URL` and `LIUKE_E2E_LOGIN` (the JSON of `liuke demo --json`) name one that runs. */
async function globalSetup(): Promise<() => Promise<void>> {
  const given = process.env.LIUKE_URL && process.env.LIUKE_E2E_LOGIN;
  const server = given
    ? {
        ...(JSON.parse(given) as FirstLogin),
        url: String(process.env.LIUKE_URL),
        folder: process.env.LIUKE_E2E_DATA ?? "",
        stop: async () => undefined,
      }
    : await startServer();
  process.env.LIUKE_URL = server.url;
  process.env.LIUKE_E2E_DATA = server.folder;
  process.env.LIUKE_E2E_MANAGER = server.manager;
  process.env.LIUKE_E2E_PASSWORD = server.password;
  process.env.LIUKE_E2E_WORKSPACE = server.workspace;
  try {
    await keepSession(server.url, "admin", server.email, server.password);
    await keepSession(server.url, "manager", server.manager, server.password);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}

export default globalSetup;
