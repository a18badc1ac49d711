import { type Attrs, type Host, Liuke, type Options } from "./core";
import { Dwell } from "./dwell";

/** Of WeChat's `wx` what is used here. */
interface Wx {
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: string): void;
  removeStorageSync(key: string): void;
  request(asked: {
    url: string;
    method: "POST";
    data: string;
    header: Record<string, string>;
    success(answer: { statusCode: number; header?: Record<string, string> }): void;
    fail(): void;
  }): void;
  onNetworkStatusChange?(hear: (state: { isConnected: boolean }) => void): void;
}

type Part = Record<string, unknown>;
type Register = (part: Part) => unknown;
declare const wx: Wx;
declare let App: Register | undefined;
declare let Page: Register | undefined;

const KEY = "liuke";
let connected = true;

const host: Host = {
  channel: "miniprogram",
  read() {
    const kept = wx.getStorageSync(KEY);
    return typeof kept === "string" && kept ? kept : null;
  },
  write(text) {
    if (text === null) wx.removeStorageSync(KEY);
    else wx.setStorageSync(KEY, text);
  },
  post(url, key, body, _leaving, done) {
    const header = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
    wx.request({
      url,
      method: "POST",
      data: body,
      header,
      success: ({ statusCode, header: told = {} }) =>
        done(statusCode, Number(told["Retry-After"] ?? told["retry-after"]) || 0),
      fail: () => done(0, 0),
    });
  },
  later: (run, ms) => void setTimeout(run, ms),
  now: () => new Date(),
  random: Math.random,
  online: () => connected,
};

const core = new Liuke(host);
const dwell = new Dwell(core, () => Date.now());

/** The part's own function still runs, after ours. */
function before(part: Part, name: string, run: (self: Part) => void): void {
  const own = part[name];
  part[name] = function (this: Part, ...given: unknown[]) {
    run(this);
    return typeof own === "function" ? own.apply(this, given) : undefined;
  };
}

/** Hears of every page shown and left. Call it before `App({…})`, in app.js. */
function hook(): void {
  const leave = () => {
    dwell.leave();
    core.flush(true);
  };
  if (typeof App === "function") {
    const own = App;
    App = (part) => {
      before(part, "onHide", leave);
      before(part, "onShow", () => dwell.show());
      return own(part);
    };
  }
  if (typeof Page === "function") {
    const own = Page;
    Page = (part) => {
      before(part, "onShow", (self) => page(typeof self.route === "string" ? { url: self.route } : {}));
      before(part, "onHide", leave);
      before(part, "onUnload", leave);
      return own(part);
    };
  }
  wx.onNetworkStatusChange?.(({ isConnected }) => {
    connected = isConnected;
    if (isConnected) core.flush();
  });
}

let hooked = false;

export function init(options: Options): void {
  core.init(options);
  if (!hooked) hook();
  hooked = true;
}

export function page(attrs: Attrs = {}): void {
  const url = String(attrs.url ?? "");
  dwell.page({ ...(core.isPrice(url) && { price: true }), ...attrs });
}

export const identify = (customerKey: string): void => core.identify(customerKey);
export const reset = (): void => core.reset();
export const consent = (agreed: boolean): void => core.consent(agreed);
export const track = (kind: string, attrs?: Attrs, value?: number): void => void core.track(kind, attrs, value);
export const feature = (name: string, attrs?: Attrs): void => void core.feature(name, attrs);
export const flush = (): void => core.flush();
