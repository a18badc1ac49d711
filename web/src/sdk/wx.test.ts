import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

interface Asked {
  url: string;
  data: string;
  header: Record<string, string>;
  success(answer: { statusCode: number; header?: Record<string, string> }): void;
  fail(): void;
}

/** WeChat as far as the build for mini-programs uses it. */
function wechat() {
  const kept = new Map<string, string>();
  const asked: Asked[] = [];
  let connected = true;
  let hear: ((state: { isConnected: boolean }) => void) | undefined;
  const pages: Record<string, unknown>[] = [];
  const apps: Record<string, unknown>[] = [];
  const wx = {
    getStorageSync: (key: string) => kept.get(key) ?? "",
    setStorageSync: (key: string, value: string) => void kept.set(key, value),
    removeStorageSync: (key: string) => void kept.delete(key),
    request: (request: Asked) => {
      asked.push(request);
      if (connected) request.success({ statusCode: 202 });
      else request.fail();
    },
    onNetworkStatusChange: (listener: typeof hear) => {
      hear = listener;
    },
  };
  const connect = (now: boolean) => {
    connected = now;
    hear?.({ isConnected: now });
  };
  return { kept, asked, wx, connect, pages, apps };
}

type Sdk = typeof import("../../../sdk/src/wx");
type Run = (this: Record<string, unknown>) => void;
let we: ReturnType<typeof wechat>;
let liuke: Sdk;
const options = { key: "lk_x", endpoint: "https://liuke.test", consent: true };
const register = (name: "App" | "Page", part: Record<string, unknown>) =>
  (globalThis as unknown as Record<string, (part: Record<string, unknown>) => void>)[name]?.(part);
const rows = () =>
  we.asked.flatMap(({ data }) => JSON.parse(data) as { kind: string; value?: number; attrs: { url?: string } }[]);

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  we = wechat();
  vi.stubGlobal("wx", we.wx);
  vi.stubGlobal("App", (part: Record<string, unknown>) => void we.apps.push(part));
  vi.stubGlobal("Page", (part: Record<string, unknown>) => void we.pages.push(part));
  liuke = await import("../../../sdk/src/wx");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("DAT-16 the SDK in a mini-program", () => {
  it("hears of pages shown and left, and the page's own functions still run", () => {
    liuke.init(options);
    liuke.identify("C1");
    const own = vi.fn();
    register("Page", { route: "pages/price/index", onShow: own });
    const page = we.pages[0] as Record<string, Run>;
    page.onShow?.call({ route: "pages/price/index" });
    vi.advanceTimersByTime(12_000);
    page.onUnload?.call({});
    vi.advanceTimersByTime(10_000);
    expect(own).toHaveBeenCalledOnce();
    expect(rows()).toMatchObject([{ kind: "page.viewed", value: 12, attrs: { url: "pages/price/index" } }]);
    expect(we.asked[0]?.header.Authorization).toBe("Bearer lk_x");
  });

  it("stops counting while the app is in the background", () => {
    liuke.init(options);
    liuke.identify("C1");
    register("App", {});
    register("Page", {});
    const [app, page] = [we.apps[0], we.pages[0]] as Record<string, Run>[];
    page?.onShow?.call({ route: "pages/a" });
    vi.advanceTimersByTime(5_000);
    app?.onHide?.call({});
    vi.advanceTimersByTime(60_000);
    app?.onShow?.call({});
    vi.advanceTimersByTime(2_000);
    page?.onHide?.call({});
    vi.advanceTimersByTime(10_000);
    expect(rows().map(({ value }) => value)).toEqual([5, 7]);
  });

  it("queues while there is no network and delivers once there is", () => {
    liuke.init(options);
    liuke.identify("C1");
    we.connect(false);
    liuke.feature("下单");
    vi.advanceTimersByTime(60_000);
    expect(we.asked).toEqual([]);
    we.connect(true);
    vi.advanceTimersByTime(60_000);
    expect(rows().map(({ kind }) => kind)).toEqual(["feature.used"]);
  });

  it("keeps nothing without consent, and forgets everything when it is taken back", () => {
    liuke.init({ ...options, consent: false });
    liuke.identify("C1");
    liuke.track("login");
    expect(we.kept.size).toBe(0);
    liuke.consent(true);
    liuke.track("login");
    expect(we.kept.size).toBe(1);
    liuke.consent(false);
    vi.advanceTimersByTime(60_000);
    expect([we.kept.size, we.asked.length]).toEqual([0, 0]);
  });

  it("is built upon twice without hearing twice", () => {
    liuke.init(options);
    liuke.init(options);
    liuke.identify("C1");
    register("Page", {});
    (we.pages[0] as Record<string, Run>).onShow?.call({ route: "pages/a" });
    (we.pages[0] as Record<string, Run>).onHide?.call({});
    vi.advanceTimersByTime(10_000);
    expect(rows()).toHaveLength(1);
  });
});
