import { describe, expect, it } from "vitest";
import { AT_ONCE, Liuke, MOST_KEPT, type Options } from "../../../sdk/src/core";
import { Dwell } from "../../../sdk/src/dwell";
import { TestHost } from "./host";

const OPTIONS: Options = { key: "lk_x", endpoint: "https://liuke.test/", consent: true };

function begun(options: Partial<Options> = {}, host = new TestHost()) {
  const liuke = new Liuke(host);
  liuke.init({ ...OPTIONS, ...options });
  return { host, liuke };
}
const kinds = (host: TestHost) => host.sent.flatMap(({ rows }) => rows.map(({ kind }) => kind));

describe("DAT-16 consent", () => {
  it("keeps and sends nothing before it is given", () => {
    const { host, liuke } = begun({ consent: false });
    liuke.identify("C1");
    liuke.track("login");
    liuke.feature("export");
    liuke.flush(true);
    host.pass(600);
    expect([host.kept, host.sent]).toEqual([null, []]);
  });

  it("begins when it is given, and deletes everything when it is taken back", () => {
    const { host, liuke } = begun({ consent: false });
    liuke.consent(true);
    liuke.track("login");
    expect(host.kept).toContain("login");
    liuke.consent(false);
    host.pass(600);
    expect([host.kept, host.sent]).toEqual([null, []]);
  });

  it("taken back while an answer is under way leaves nothing behind", () => {
    const host = new TestHost();
    const { liuke } = begun({}, host);
    liuke.identify("C1");
    host.post = (_url, _key, _body, _leaving, done) => {
      liuke.consent(false);
      done(503, 1);
    };
    liuke.track("login");
    host.pass(600);
    expect(host.kept).toBeNull();
  });
});

describe("who it was", () => {
  it("waits on the device until somebody says who, and is theirs then", () => {
    const { host, liuke } = begun();
    liuke.track("page.viewed");
    host.pass(600);
    expect(host.sent).toEqual([]);
    liuke.identify("C1");
    host.pass(10);
    expect(host.sent[0]?.rows[0]).toMatchObject({ customer_key: "C1", kind: "page.viewed" });
  });

  it("is never given to the next person at the same device", () => {
    const { host, liuke } = begun();
    liuke.identify("C1");
    host.isOnline = false;
    liuke.track("login");
    liuke.reset();
    liuke.track("search.failed");
    liuke.identify("C2");
    liuke.track("feature.used");
    host.isOnline = true;
    host.pass(60);
    const rows = host.sent.flatMap(({ rows }) => rows.map((row) => [row.customer_key, row.kind]));
    expect(rows).toEqual([
      ["C1", "login"],
      ["C2", "search.failed"],
      ["C2", "feature.used"],
    ]);
  });

  it("another customer without a reset does not inherit what was nobody's", () => {
    const { host, liuke } = begun();
    host.isOnline = false;
    liuke.identify("C1");
    liuke.track("login");
    liuke.identify("C2");
    host.isOnline = true;
    host.pass(60);
    expect(host.sent[0]?.rows.map(({ customer_key }) => customer_key)).toEqual(["C1"]);
  });
});

describe("the queue", () => {
  it("survives being offline and the page, and is delivered once", () => {
    const host = new TestHost();
    host.isOnline = false;
    const { liuke } = begun({}, host);
    liuke.identify("C1");
    liuke.track("login");
    host.pass(60);
    host.timers = [];
    host.isOnline = true;
    begun({}, host);
    host.pass(60);
    expect(kinds(host)).toEqual(["login"]);
    expect(JSON.parse(host.kept ?? "").q).toEqual([]);
  });

  it("goes in batches, to the endpoint, with the key of pages", () => {
    const { host, liuke } = begun();
    liuke.identify("C1");
    for (let number = 0; number < AT_ONCE + 5; number += 1) liuke.feature(`f${number}`);
    host.pass(30);
    expect(host.sent.map(({ rows }) => rows.length)).toEqual([AT_ONCE, 5]);
    expect(host.sent[0]).toMatchObject({ url: "https://liuke.test/api/v1/activities?source=web", key: "lk_x" });
  });

  it("never grows without end, and old rows go", () => {
    const { host, liuke } = begun();
    for (let number = 0; number < MOST_KEPT + 50; number += 1) liuke.track("login");
    expect(JSON.parse(host.kept ?? "").q).toHaveLength(MOST_KEPT);
    host.at += 31 * 86_400_000;
    liuke.identify("C1");
    host.pass(10);
    expect(host.sent).toEqual([]);
  });

  it("ids are long and never twice", () => {
    const { liuke } = begun();
    const ids = new Set(Array.from({ length: 500 }, () => liuke.track("login")));
    expect(ids.size).toBe(500);
    expect([...ids].every((id) => id.length === 22)).toBe(true);
  });

  it("a storage with somebody else's text begins anew", () => {
    const host = new TestHost();
    host.kept = "{broken";
    const { liuke } = begun({}, host);
    liuke.identify("C1");
    liuke.track("login");
    host.pass(10);
    expect(kinds(host)).toEqual(["login"]);
  });
});

describe("answers", () => {
  it("Retry-After is waited for, to the second", () => {
    const { host, liuke } = begun();
    host.answers = [[429, 120]];
    liuke.identify("C1");
    liuke.track("login");
    host.pass(4);
    expect(host.sent).toHaveLength(1);
    host.pass(115);
    expect(host.sent).toHaveLength(1);
    host.pass(10);
    expect(host.sent).toHaveLength(2);
  });

  it("no answer is tried again, ever more seldom", () => {
    const { host, liuke } = begun();
    host.answers = Array.from({ length: 50 }, () => [0, 0] as [number, number]);
    liuke.identify("C1");
    liuke.track("login");
    host.pass(3600);
    expect(host.sent.length).toBeGreaterThan(4);
    expect(host.sent.length).toBeLessThan(25);
    expect(new Set(host.sent.map(({ rows }) => rows[0]?.activity_id)).size).toBe(1);
  });

  it("a refused key stops the sending and keeps what is there", () => {
    const { host, liuke } = begun();
    host.answers = [[403, 0]];
    liuke.identify("C1");
    liuke.track("login");
    host.pass(3600);
    expect(host.sent).toHaveLength(1);
    expect(JSON.parse(host.kept ?? "").q).toHaveLength(1);
  });

  it("rows that the server will never take go", () => {
    const { host, liuke } = begun();
    host.answers = [[422, 0]];
    liuke.identify("C1");
    liuke.track("order.placed");
    host.pass(3600);
    expect([host.sent.length, JSON.parse(host.kept ?? "").q]).toEqual([1, []]);
  });
});

describe("sampling", () => {
  it("decides once for a person", () => {
    const sent = [0, 1].map((sample) => {
      const { host, liuke } = begun({ sample });
      liuke.identify("C1");
      for (let number = 0; number < 5; number += 1) liuke.track("login");
      host.pass(60);
      return kinds(host).length;
    });
    expect(sent).toEqual([0, 5]);
  });
});

describe("time on a page", () => {
  it("counts only while it is looked at, and a longer look corrects the row", () => {
    const { host, liuke } = begun();
    liuke.identify("C1");
    const dwell = new Dwell(liuke, () => host.at);
    dwell.page({ url: "https://a.test/price", price: true });
    host.pass(10);
    dwell.leave();
    host.pass(100);
    dwell.show();
    host.pass(5);
    dwell.page({ url: "https://a.test/other" });
    host.pass(30);
    const looks = host.sent.flatMap(({ rows }) => rows);
    expect(looks.map(({ value }) => value)).toEqual([10, 15]);
    expect(new Set(looks.map(({ activity_id }) => activity_id)).size).toBe(1);
    expect(looks[0]?.attrs).toEqual({ url: "https://a.test/price", price: true });
  });

  it("leaving twice tells once", () => {
    const { host, liuke } = begun();
    liuke.identify("C1");
    const dwell = new Dwell(liuke, () => host.at);
    dwell.leave();
    dwell.page({ url: "x" });
    host.pass(1);
    dwell.leave();
    dwell.leave();
    host.pass(30);
    expect(kinds(host)).toEqual(["page.viewed"]);
  });
});
