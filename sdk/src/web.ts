import { type Attrs, type Host, Liuke, type Options } from "./core";
import { Dwell } from "./dwell";

const KEY = "liuke";
let memory: string | null = null;

const host: Host = {
  channel: "web",
  read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return memory;
    }
  },
  write(text) {
    memory = text;
    try {
      if (text === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, text);
    } catch {
      // storage is full or forbidden: what is in memory goes as far as this page does
    }
  },
  post(url, key, body, leaving, done) {
    fetch(url, {
      method: "POST",
      mode: "cors",
      credentials: "omit",
      keepalive: leaving && body.length < 60_000,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body,
    }).then(
      (answer) => done(answer.status, Number(answer.headers.get("Retry-After")) || 0),
      () => done(0, 0),
    );
  },
  later: (run, ms) => void setTimeout(run, ms),
  now: () => new Date(),
  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  online: () => navigator.onLine !== false,
};

const core = new Liuke(host);
const dwell = new Dwell(core, () => performance.now() || 1);
let started = false;

function start(): void {
  if (started) return;
  started = true;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      dwell.leave();
      core.flush(true);
    } else dwell.show();
  });
  addEventListener("pagehide", () => {
    dwell.leave();
    core.flush(true);
  });
  addEventListener("online", () => core.flush());
  document.addEventListener("click", (event) => {
    const named = event.target instanceof Element && event.target.closest("[data-liuke-feature]");
    if (named) core.feature(named.getAttribute("data-liuke-feature") ?? "");
  });
}

/** Address without what stands behind `?` and `#`, which may hold personal data. */
const here = () => location.origin + location.pathname;

export function init(options: Options): void {
  core.init(options);
  start();
}

export function page(attrs: Attrs = {}): void {
  const url = here();
  dwell.page({ url, title: document.title, ...(core.isPrice(url) && { price: true }), ...attrs });
}

export const identify = (customerKey: string): void => core.identify(customerKey);
export const reset = (): void => core.reset();
export const consent = (agreed: boolean): void => core.consent(agreed);
export const track = (kind: string, attrs?: Attrs, value?: number): void => void core.track(kind, attrs, value);
export const feature = (name: string, attrs?: Attrs): void => void core.feature(name, attrs);
export const flush = (): void => core.flush();
