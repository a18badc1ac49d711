import { describe, expect, it } from "vitest";
import { differences } from "./diff.logic";
import { freeName, moved, newProfile, readProfile, removeAt, withWeight } from "./profiles.logic";
import { readConfig, type ScoreConfig, type Signal, withDimension, writeConfig } from "./scoring.logic";
import { holdsOn, kindOf, newSeason, readSeason, withFactor, withKind } from "./seasons.logic";
import { percents, sharesOf } from "./shares.logic";

const bands = { early: 50, medium: 70, high: 90 };
const signal = (key: string, family: string) => ({ key, family }) as Signal;
const signals = [
  signal("a", "consumption"),
  signal("b", "consumption"),
  signal("c", "interaction"),
  signal("d", "intent"),
];
const points = (value: number, enabled = true) => ({ points: value, enabled, params: {} });
const config: ScoreConfig = {
  ...readConfig({}, bands),
  signals: { a: points(20), b: points(-10), c: points(30), d: points(9, false) },
};

describe("SCR-05 shares", () => {
  it("are whole percents that sum to 100, by largest remainders", () => {
    expect(percents({ a: 1, b: 1, c: 1 })).toEqual({ a: 34, b: 33, c: 33 });
    expect(percents({ a: 0, b: 0 })).toEqual({ a: 0, b: 0 });
    expect(percents({})).toEqual({});
  });
  it("count what lowers the score by its size and leave out what is off", () => {
    const shares = sharesOf(config, signals);
    expect(shares.families).toEqual({ consumption: 50, interaction: 50, intent: 0 });
    expect(shares.signals).toEqual({ a: 67, b: 33, c: 100, d: 0 });
  });
  it("follow the weight of a dimension, which leaves its inner shares alone", () => {
    const shares = sharesOf(withDimension(config, "interaction", { weight: 3 }), signals);
    expect(shares.families).toEqual({ consumption: 25, interaction: 75, intent: 0 });
    expect(shares.signals.a).toBe(67);
  });
});

describe("SCR-02/03 profiles", () => {
  const plain = {
    name: "大客户",
    when: { when: { all: [] }, exclude: null },
    base: 40,
    bands: { early: 40, medium: 60, high: 80 },
    dimensions: { intent: 2 },
    signals: { a: { points: 3, enabled: true, params: {} } },
  };
  it("come back as they were", () => {
    expect(readProfile(plain, bands)).toEqual(plain);
    expect(writeConfig(readConfig({ profiles: [plain] }, bands)).profiles).toEqual([plain]);
  });
  it("inherit what is not given", () => {
    expect(readProfile({ name: "x" }, bands)).toMatchObject({ base: null, bands: null, dimensions: {}, signals: {} });
  });
  it("move, and stay where they cannot", () => {
    expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
    expect(removeAt(["a", "b"], 0)).toEqual(["b"]);
  });
  it("take a name that no other has", () => {
    expect(freeName(["方案 2"], (number) => `方案 ${number}`)).toBe("方案 3");
  });
  it("give a weight back to what holds for everybody", () => {
    const heavy = withWeight(newProfile("x"), "intent", 2);
    expect(heavy.dimensions).toEqual({ intent: 2 });
    expect(withWeight(heavy, "intent", null).dimensions).toEqual({});
  });
});

describe("SCR-06 seasons", () => {
  it("hold every year, also over its end, or on given dates", () => {
    const winter = { ...newSeason("冬"), from: "12-20", to: "02-10" };
    expect(["2026-12-20", "2027-02-10", "2027-02-11"].map((day) => holdsOn(winter, day))).toEqual([true, true, false]);
    const once = { ...newSeason("大促"), from: "2026-06-01", to: "2026-06-18" };
    expect(["2026-06-18", "2027-06-10"].map((day) => holdsOn(once, day))).toEqual([true, false]);
    expect(holdsOn({ ...winter, enabled: false }, "2026-12-25")).toBe(false);
  });
  it("change their form and keep their days", () => {
    const dated = withKind({ ...newSeason("x"), from: "12-20", to: "02-10" }, "dates", 2026);
    expect([dated.from, dated.to, kindOf(dated)]).toEqual(["2026-12-20", "2027-02-10", "dates"]);
    expect(withKind(dated, "yearly", 2026)).toMatchObject({ from: "12-20", to: "02-10" });
    expect(withKind(dated, "period", 2026, "春节")).toMatchObject({ from: "", to: "", period: "春节" });
  });
  it("keep no factor that changes nothing", () => {
    const half = withFactor(newSeason("x"), "consumption", 0.5);
    expect(half.multipliers).toEqual({ consumption: 0.5 });
    expect(withFactor(half, "consumption", 1).multipliers).toEqual({});
  });
  it("survive odd data", () => {
    expect(readSeason({ name: 3, multipliers: { a: "x" } })).toMatchObject({
      name: "",
      multipliers: { a: 1 },
      enabled: true,
    });
  });
});

describe("what two versions say differently", () => {
  it("is told by place, with lists by name and rules as a whole", () => {
    const before = {
      base: 28,
      profiles: [{ name: "大客户", base: 30, when: { when: { all: [1] } } }],
      tiers: { by: "amount" },
    };
    const after = {
      base: 30,
      profiles: [{ name: "大客户", base: 30, when: { when: { all: [2] } } }],
      tiers: { by: "amount" },
    };
    expect(differences(before, after)).toEqual([
      { at: "base", before: "28", after: "30" },
      { at: "profiles.大客户.when", before: '{"when":{"all":[1]}}', after: '{"when":{"all":[2]}}' },
    ]);
    expect(differences(before, before)).toEqual([]);
  });
  it("names what is new and what is gone", () => {
    expect(differences({ a: 1 }, { b: 2 })).toEqual([
      { at: "a", before: "1", after: "—" },
      { at: "b", before: "—", after: "2" },
    ]);
  });
});
