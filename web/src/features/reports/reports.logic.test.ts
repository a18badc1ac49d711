import { describe, expect, it } from "vitest";
import { bookUrl, closingsOf, levelLines, outcomesOf, reportPath, weekOf } from "./reports.logic";
import { reportOf } from "./testing/reportOf";

describe("which report", () => {
  it("takes a date from the address and nothing else", () => {
    expect(["2011-09-05", "now", "", undefined, "2011-9-5"].map(weekOf)).toEqual([
      "2011-09-05",
      null,
      null,
      null,
      null,
    ]);
  });
  it("has an address and a file for every week and for the days until today", () => {
    expect([reportPath("2011-09-05"), reportPath(null)]).toEqual(["/reports/2011-09-05", "/reports"]);
    expect(bookUrl("demo", "2011-09-05")).toBe("/api/v1/w/demo/reports/2011-09-05/file.xlsx");
    expect(bookUrl("demo", null)).toBe("/api/v1/w/demo/reports/now.xlsx");
  });
});

describe("levels against a week ago", () => {
  it("stand with the worst first", () => {
    expect(levelLines(reportOf()).map(({ level, now, before }) => [level, now, before])).toEqual([
      ["high", 12, 9],
      ["medium", 30, 30],
      ["early", 41, 44],
      ["normal", 1_121, 1_118],
    ]);
  });
  it("know no week before where it was not kept, instead of zero", () => {
    expect(levelLines(reportOf({ levels_before: {} })).every(({ before }) => before === null)).toBe(true);
  });
  it("count a level that nobody was at as zero", () => {
    expect(levelLines(reportOf({ levels: {}, levels_before: { high: 2 } }))[0]).toEqual({
      level: "high",
      now: 0,
      before: 2,
    });
  });
});

describe("what came of it", () => {
  it("leaves out outcomes that did not happen", () => {
    expect(outcomesOf(reportOf())).toEqual([
      { key: "repurchased", count: 3 },
      { key: "churned", count: 1 },
    ]);
  });
  it("forgets no closed alert, not even of a reason that is new", () => {
    expect(closingsOf(reportOf({ closed: { calmed: 4, brand_new: 2 } }))).toEqual([
      { key: "calmed", count: 4 },
      { key: "other", count: 2 },
    ]);
    expect(closingsOf(reportOf({ closed: {} }))).toEqual([]);
  });
});
