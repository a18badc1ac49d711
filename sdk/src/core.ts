/** What both builds share: consent, the queue that survives, batches, retries. Nothing here knows a browser or WeChat. */

export type Attrs = Readonly<Record<string, string | number | boolean | null>>;

export interface Options {
  /** A key of pages (scope `track`): it can only send what happens on pages. */
  key: string;
  /** Where Liuke is, e.g. https://liuke.example.com */
  endpoint: string;
  /** Whether the person has agreed; false until then. Nothing is kept or sent before. */
  consent?: boolean;
  /** The share of people whose doings are sent, 0–1. */
  sample?: number;
  /** Addresses that show prices. */
  price?: RegExp;
  /** The name of the source in Liuke. */
  source?: string;
}

export interface Row {
  activity_id: string;
  customer_key?: string;
  ts: string;
  kind: string;
  value?: number;
  channel: string;
  attrs: Attrs;
}

/** What is kept on the device: one text, read and written as a whole, so that several tabs share it. */
interface Kept {
  /** The customer, once known. */
  c?: string;
  /** Decides once per person whether they are in the sample. */
  s: number;
  q: Row[];
}

export interface Host {
  channel: string;
  read(): string | null;
  write(text: string | null): void;
  /** `done(status, retryAfter)`: status 0 where no answer came. `leaving`: the page may be gone before the answer. */
  post(
    url: string,
    key: string,
    body: string,
    leaving: boolean,
    done: (status: number, retryAfter: number) => void,
  ): void;
  later(run: () => void, ms: number): void;
  now(): Date;
  random(): number;
  online(): boolean;
}

export const MOST_KEPT = 300;
export const AT_ONCE = 40;
const DAYS_KEPT = 30;
const WAIT = 3000;
const LONGEST_WAIT = 300_000;

export class Liuke {
  private options?: Options;
  private agreed = false;
  private sending = false;
  private waiting = false;
  private failures = 0;
  private notBefore = 0;
  private closed = false;

  constructor(private readonly host: Host) {}

  init(options: Options): void {
    this.options = options;
    this.consent(options.consent === true);
  }

  /** Agreeing begins; taking it back deletes what is kept on the device, the queue included. */
  consent(agreed: boolean): void {
    this.agreed = agreed;
    if (!agreed) this.host.write(null);
    else this.flush();
  }

  /** Who this is, by the customer's number in your system. What was kept before is theirs. */
  identify(customerKey: string): void {
    if (!this.agreed || !customerKey) return;
    const kept = this.kept();
    if (kept.c && kept.c !== customerKey) kept.q = kept.q.filter((row) => row.customer_key);
    kept.c = customerKey;
    for (const row of kept.q) row.customer_key ??= customerKey;
    this.keep(kept);
    this.soon();
  }

  /** Somebody logs out: what comes next is nobody's until the next `identify`. */
  reset(): void {
    const kept = this.kept();
    delete kept.c;
    if (this.agreed) this.keep(kept);
  }

  /** One thing that happened. Returns its id; the same id again corrects it. */
  track(kind: string, attrs: Attrs = {}, value?: number, id: string = this.id()): string {
    const kept = this.agreed ? this.kept() : undefined;
    if (!kept || kept.s >= (this.options?.sample ?? 1)) return id;
    const row: Row = { activity_id: id, ts: this.host.now().toISOString(), kind, channel: this.host.channel, attrs };
    if (value !== undefined) row.value = value;
    if (kept.c) row.customer_key = kept.c;
    const before = kept.q.find((each) => each.activity_id === id);
    if (before) row.ts = before.ts;
    kept.q = [...kept.q.filter((each) => each !== before), row].slice(-MOST_KEPT);
    this.keep(kept);
    this.soon();
    return id;
  }

  feature(name: string, attrs: Attrs = {}): string {
    return this.track("feature.used", { ...attrs, feature: name });
  }

  isPrice(url: string): boolean {
    return this.options?.price?.test(url) ?? false;
  }

  id(): string {
    let id = "";
    while (id.length < 22) id += Math.floor(this.host.random() * 36).toString(36);
    return id;
  }

  /** Send what is ready; `leaving` is the last chance of a page. */
  flush(leaving = false): void {
    const { options, host } = this;
    if (!options || !this.agreed || this.closed || (this.sending && !leaving) || !host.online()) return;
    const wait = this.notBefore - host.now().getTime();
    if (wait > 0 && !leaving) {
      this.soon(wait);
      return;
    }
    const batch = this.kept()
      .q.filter((row) => row.customer_key)
      .slice(0, AT_ONCE);
    if (!batch.length) return;
    this.sending = true;
    const url = `${options.endpoint.replace(/\/+$/, "")}/api/v1/activities?source=${encodeURIComponent(options.source ?? host.channel)}`;
    host.post(url, options.key, JSON.stringify(batch), leaving, (status, retryAfter) =>
      this.answered(batch, status, retryAfter),
    );
  }

  private answered(batch: readonly Row[], status: number, retryAfter: number): void {
    this.sending = false;
    if (!this.agreed) return;
    if (status === 401 || status === 403) {
      this.closed = true;
      return;
    }
    const again = !status || status === 408 || status === 425 || status === 429 || status >= 500;
    this.failures = again ? this.failures + 1 : 0;
    if (again) {
      const wait = retryAfter ? retryAfter * 1000 : Math.min(WAIT * 2 ** this.failures, LONGEST_WAIT);
      this.notBefore = this.host.now().getTime() + wait;
      this.soon(wait);
      return;
    }
    const sent = new Map(batch.map((row) => [row.activity_id, JSON.stringify(row)]));
    const kept = this.kept();
    kept.q = kept.q.filter((row) => sent.get(row.activity_id) !== JSON.stringify(row));
    this.keep(kept);
    if (kept.q.some((row) => row.customer_key)) this.soon(0);
  }

  private soon(ms = WAIT): void {
    if (this.waiting) return;
    this.waiting = true;
    this.host.later(() => {
      this.waiting = false;
      this.flush();
    }, ms);
  }

  private kept(): Kept {
    try {
      const kept = JSON.parse(this.host.read() ?? "") as Kept;
      const oldest = new Date(this.host.now().getTime() - DAYS_KEPT * 86_400_000).toISOString();
      if (Array.isArray(kept.q)) return { ...kept, q: kept.q.filter((row) => row.ts > oldest) };
    } catch {
      // nothing kept yet, or somebody else's text
    }
    return { s: this.host.random(), q: [] };
  }

  private keep(kept: Kept): void {
    this.host.write(JSON.stringify(kept));
  }
}
