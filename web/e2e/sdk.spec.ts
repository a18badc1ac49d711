import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";

interface Row {
  activity_id: string;
  customer_key: string;
  kind: string;
  value?: number;
}

/** A shop's site and a Liuke that takes rows, on two origins of one machine. */
class Loopback {
  rows: Row[] = [];
  asked: string[] = [];
  isUp = true;
  private readonly servers: Server[] = [];

  async start(): Promise<{ site: string; liuke: string }> {
    const sdk = readFileSync(new URL("../dist/sdk.js", import.meta.url));
    const liuke = await this.listen((request, answer) => {
      this.asked.push(request.method ?? "");
      const open = {
        "Access-Control-Allow-Origin": request.headers.origin ?? "",
        "Access-Control-Allow-Headers": "authorization, content-type",
      };
      if (request.method === "GET") return answer.writeHead(200, { "Content-Type": "text/javascript" }).end(sdk);
      if (request.method === "OPTIONS")
        return answer.writeHead(204, { ...open, "Access-Control-Allow-Methods": "POST" }).end();
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        if (this.isUp) this.rows.push(...(JSON.parse(body) as Row[]));
        answer
          .writeHead(this.isUp ? 202 : 503, {
            ...open,
            "Retry-After": "1",
            "Access-Control-Expose-Headers": "Retry-After",
          })
          .end("{}");
      });
    });
    const site = await this.listen((_request, answer) => {
      answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
      answer.end(
        `<title>价格</title><button data-liuke-feature="导出">导出</button><script src="${liuke}/sdk.js"></script>`,
      );
    });
    return { site, liuke };
  }

  private async listen(handle: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(handle as never).listen(0, "127.0.0.1");
    this.servers.push(server);
    await new Promise((done) => server.once("listening", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  stop(): void {
    for (const server of this.servers) server.closeAllConnections();
    for (const server of this.servers) server.close();
  }
}

declare const liuke: typeof import("../../sdk/src/web");
let loopback = new Loopback();
let at: { site: string; liuke: string };

test.describe("DAT-16 the SDK in Chromium", () => {
  test.skip(({ isMobile }) => isMobile, "one window is enough: nothing here depends on its size");
  test.beforeEach(async ({ page }) => {
    loopback = new Loopback();
    at = await loopback.start();
    await page.goto(`${at.site}/price?email=secret@example.test#x`);
  });
  test.afterEach(() => loopback.stop());

  const begin = (page: import("@playwright/test").Page, consent: boolean) =>
    page.evaluate(
      ({ endpoint, agreed }) => {
        liuke.init({ key: "lk_x", endpoint, consent: agreed, price: /price/ });
        liuke.identify("C1");
      },
      { endpoint: at.liuke, agreed: consent },
    );

  test("offline rows wait and are delivered once when the network is back", async ({ page, context }) => {
    await begin(page, true);
    await context.setOffline(true);
    await page.click("button");
    await page.evaluate(() => liuke.flush());
    expect(await page.evaluate(() => localStorage.getItem("liuke"))).toContain("feature.used");
    expect(loopback.rows).toEqual([]);
    await context.setOffline(false);
    await expect.poll(() => loopback.rows.length, { timeout: 15_000 }).toBe(1);
    await page.evaluate(() => liuke.flush());
    await expect.poll(() => page.evaluate(() => JSON.parse(localStorage.getItem("liuke") ?? "{}").q)).toEqual([]);
    expect(loopback.rows.map(({ kind }) => kind)).toEqual(["feature.used"]);
  });

  test("without consent nothing is kept, nothing is sent", async ({ page }) => {
    await begin(page, false);
    await page.click("button");
    await page.evaluate(() => {
      liuke.page();
      liuke.flush();
    });
    await page.goto("about:blank");
    expect(loopback.asked.filter((method) => method !== "GET")).toEqual([]);
    await page.goto(at.site);
    expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, ""]);
  });

  test("a page that is left tells how long it was looked at, without what stood behind the question mark", async ({
    page,
  }) => {
    await begin(page, true);
    await page.evaluate(() => liuke.page());
    await page.waitForTimeout(1_200);
    await page.goto("about:blank");
    await expect.poll(() => loopback.rows.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const [look] = loopback.rows as (Row & { attrs: Record<string, unknown> })[];
    expect(look).toMatchObject({ customer_key: "C1", kind: "page.viewed" });
    expect(look?.attrs).toEqual({ url: `${at.site}/price`, title: "价格", price: true });
    expect(look?.value).toBeGreaterThanOrEqual(1);
  });

  test("a server that is down is asked again after the time it names", async ({ page }) => {
    loopback.isUp = false;
    await begin(page, true);
    await page.click("button");
    await page.evaluate(() => liuke.flush());
    await expect.poll(() => loopback.asked.filter((method) => method === "POST").length).toBe(1);
    loopback.isUp = true;
    await expect.poll(() => loopback.rows.length, { timeout: 10_000 }).toBe(1);
  });
});
