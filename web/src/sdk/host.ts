import type { Host } from "../../../sdk/src/core";

export interface Sent {
  url: string;
  key: string;
  rows: {
    activity_id: string;
    customer_key: string;
    kind: string;
    value?: number;
    ts: string;
    attrs: Record<string, unknown>;
  }[];
  leaving: boolean;
}

/** A host whose storage, clock, network and timers a test holds in its hand. */
export class TestHost implements Host {
  channel = "web";
  kept: string | null = null;
  at = Date.parse("2026-11-02T01:00:00Z");
  sent: Sent[] = [];
  answers: [number, number][] = [];
  isOnline = true;
  timers: { run: () => void; at: number }[] = [];
  private seed = 0;

  read = () => this.kept;
  write(text: string | null) {
    this.kept = text;
  }
  post(url: string, key: string, body: string, leaving: boolean, done: (status: number, retryAfter: number) => void) {
    this.sent.push({ url, key, rows: JSON.parse(body), leaving });
    const [status, retryAfter] = this.answers.shift() ?? [202, 0];
    done(status, retryAfter);
  }
  later(run: () => void, ms: number) {
    this.timers.push({ run, at: this.at + ms });
  }
  now = () => new Date(this.at);
  random() {
    this.seed = (this.seed * 16807 + 11) % 2147483647;
    return this.seed / 2147483647;
  }
  online = () => this.isOnline;

  /** Time passes, and what was to happen meanwhile happens. */
  pass(seconds: number) {
    const end = this.at + seconds * 1000;
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((each) => each !== next);
      this.at = Math.max(this.at, next.at);
      next.run();
    }
    this.at = end;
  }
}
