import { describe, expect, it } from "vitest";
import { holdsOn, kindOf, newSeason, readSeason, type Season, withFactor, withKind } from "./seasons.logic";

const season = (change: Partial<Season> = {}): Season => ({ ...newSeason("双11"), ...change });
const days = (year: number) =>
  Array.from({ length: 365 }, (_, at) => new Date(Date.UTC(year, 0, 1 + at)).toISOString().slice(0, 10));

describe("SCR-06 seasons", () => {
  it("hold every year on the same days", () => {
    expect(days(2027).filter((day) => holdsOn(season(), day))).toHaveLength(12);
    expect(days(2026).filter((day) => holdsOn(season(), day))).toHaveLength(12);
  });
  it("go over the turn of the year, and hold on nothing else than its complement does", () => {
    const winter = season({ from: "12-20", to: "01-10" });
    const rest = season({ from: "01-11", to: "12-19" });
    for (const day of days(2026)) expect(holdsOn(winter, day)).toBe(!holdsOn(rest, day));
  });
  it("hold once where they have a year", () => {
    const once = withKind(season(), "dates", 2026);
    expect([kindOf(once), once.from, once.to]).toEqual(["dates", "2026-11-01", "2026-11-12"]);
    expect(days(2027).some((day) => holdsOn(once, day))).toBe(false);
  });
  it("end in the next year where the end lies before the beginning", () => {
    const winter = withKind(season({ from: "12-20", to: "01-10" }), "dates", 2026);
    expect(winter.to).toBe("2027-01-10");
    expect(holdsOn(winter, "2027-01-10")).toBe(true);
  });
  it("come back to the same days by way of dates", () => {
    expect(withKind(withKind(season(), "dates", 2026), "yearly", 2030)).toEqual(season());
  });
  it("leave the days to the calendar where they follow a period of it", () => {
    const period = withKind(season(), "period", 2026, "spring_festival");
    expect(kindOf(period)).toBe("period");
    expect(days(2026).some((day) => holdsOn(period, day))).toBe(false);
  });
  it("rest while they are switched off", () => {
    expect(holdsOn(season({ enabled: false }), "2026-11-05")).toBe(false);
  });
  it("keep no factor that changes nothing", () => {
    const doubled = withFactor(season(), "consumption", 2);
    expect(doubled.multipliers).toEqual({ consumption: 2 });
    expect(withFactor(doubled, "consumption", 1).multipliers).toEqual({});
  });
  it("are read with what is missing filled in", () => {
    expect(readSeason({ name: "618", multipliers: { service: "x" } })).toEqual(
      season({ name: "618", from: "", to: "", multipliers: { service: 1 } }),
    );
  });
});
