import { describe, expect, it } from "vitest";
import { bodyOf, chartOption, isAbout, isGoing, type Subject, sameSubject } from "./backtest.logic";

const rule = { when: { all: [{ column: "a", op: "lt", value: 1 }] }, exclude: null };
const subject: Subject = { kind: "rule", rule, rule_id: 7 };

describe("BEY-01 what is asked", () => {
  it("leaves out what the server chooses best", () => {
    expect(bodyOf(subject, { every: "month", start: "", end: "", horizon: null })).toEqual({ subject, every: "month" });
    expect(bodyOf(subject, { every: "week", start: "2011-01-01", end: "", horizon: 90 })).toEqual({
      subject,
      every: "week",
      start: "2011-01-01",
      horizon_days: 90,
    });
  });
  it("is the same whatever the order of keys, absent or null", () => {
    const other: Subject = {
      rule_id: 7,
      signal: null,
      rule: { exclude: null, when: { all: [{ value: 1, op: "lt", column: "a" }] } },
      kind: "rule",
    };
    expect(sameSubject(subject, other)).toBe(true);
    expect(sameSubject(subject, { ...subject, rule: { when: { all: [] }, exclude: null } })).toBe(false);
  });
  it("belongs to its rule also after an edit, a new rule only to the same conditions", () => {
    const edited: Subject = { ...subject, rule: { when: { any: [] }, exclude: null } };
    expect(isAbout(edited, subject)).toBe(true);
    expect(isAbout({ ...edited, rule_id: 8 }, subject)).toBe(false);
    expect(isAbout({ kind: "rule", rule }, { kind: "rule", rule })).toBe(true);
    expect(isAbout(edited, { kind: "rule", rule })).toBe(false);
    expect(isAbout({ kind: "signal", signal: "SIG-20" }, { kind: "signal", signal: "SIG-21" })).toBe(false);
    expect(isAbout({ kind: "score", config: {} }, { kind: "score" })).toBe(true);
  });
  it("knows when it is still going", () => {
    expect(isGoing({ status: "queued" })).toBe(true);
    expect(isGoing({ status: "cancelled" })).toBe(false);
  });
});

describe("the chart", () => {
  it("splits the named into lost and not", () => {
    const option = chartOption([{ as_of: "2011-03-01", eligible: 100, flagged: 12, lost: 9, hits: 4 }], {
      hits: "h",
      others: "o",
    });
    expect(option.series.map(({ data }) => data)).toEqual([[4], [8]]);
    expect(option.xAxis.data).toEqual(["2011-03-01"]);
  });
});
