import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const LIUKE = resolve(import.meta.dirname, "../../.venv/bin/liuke");
const LOAD_MS = 15 * 60_000;
const START_MS = 3 * 60_000;

/** What `liuke demo --json` prints: the first log-in. Everybody of the sample has the same password. */
export interface FirstLogin {
  url: string;
  email: string;
  password: string;
  manager: string;
  workspace: string;
}

export interface TestServer extends FirstLogin {
  /** Where the server keeps its data: what a recipient would find in a mail is read there, for nothing is sent. */
  folder: string;
  stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function untilAnswered(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`liuke serve ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/api/v1/session`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`no answer from ${url}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await ended;
}

/** The sample workspace on a data directory of its own, served on a free port. */
export async function startServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "liuke-e2e-"));
  const port = await freePort();
  const environment = {
    ...process.env,
    LIUKE_DATA_DIR: folder,
    LIUKE_PORT: String(port),
    LANG: "zh_CN.UTF-8",
    LIUKE_LANGUAGE: "zh-CN",
  };
  const options = { env: environment, timeout: LOAD_MS, maxBuffer: 1e8 };
  const { stdout } = await promisify(execFile)(LIUKE, ["demo", "--json"], options);
  const login = JSON.parse(stdout.slice(stdout.indexOf("{"))) as FirstLogin;
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(LIUKE, ["serve"], { env: environment, stdio: "ignore" });
  const stop = async () => {
    await stopped(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilAnswered(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...login, url, folder, stop };
}
