import { describe, expect, it } from "vitest";
import {
  cellsOf,
  competitorsOf,
  competitorsText,
  EMPTY,
  fromCsv,
  fromFile,
  type Lists,
  sameLists,
  toCsv,
  wordsOf,
} from "./lists.logic";

const LISTS: Lists = {
  own_brands: ["留客"],
  own_products: ['"投诉"模块', "报表,导出"],
  competitors: [
    { name: "友商甲", aliases: ["甲家", "JIA"] },
    { name: "友商乙", aliases: [] },
  ],
  leave_phrases: ["对比{brand}", "换到{brand}"],
  topics: [{ code: "slow", label: "系统慢", words: ["卡", "转圈"], team: "技术支持" }],
  exceptions: ["用友好"],
};

describe("wordsOf", () => {
  it("parts words by lines and commas, each once, without blanks", () => {
    expect(wordsOf(" 卡 \n慢，卡、转圈;;")).toEqual(["卡", "慢", "转圈"]);
  });
});

describe("competitors", () => {
  it("are a name per line with aliases behind an equals sign", () => {
    expect(competitorsText(LISTS)).toBe("友商甲 = 甲家, JIA\n友商乙");
    expect(competitorsOf("友商甲 = 甲家，JIA\n友商乙\n\n")).toEqual(LISTS.competitors);
  });
});

describe("CSV", () => {
  it("gives back what it was made of, commas and quotation marks included", () => {
    expect(fromCsv(toCsv(LISTS))).toEqual(LISTS);
    expect(fromCsv(toCsv(EMPTY))).toEqual(EMPTY);
  });

  it("survives Excel's mark and line breaks", () => {
    expect(fromCsv(`\uFEFF${toCsv(LISTS).replaceAll("\r\n", "\n")}\n`)).toEqual(LISTS);
  });

  it("takes nothing over where a row is of no known kind", () => {
    expect(() => fromCsv("kind,name\r\nbrands,甲")).toThrow();
  });

  it("reads quoted cells", () => {
    expect(cellsOf('a,"b,""c""",d\r\n\r\ne,,\r\n')).toEqual([
      ["a", 'b,"c"', "d"],
      ["e", "", ""],
    ]);
  });
});

describe("fromFile", () => {
  it("tells JSON from CSV", () => {
    expect(fromFile(JSON.stringify({ own_brands: ["留客"] }))).toEqual({ ...EMPTY, own_brands: ["留客"] });
    expect(fromFile(toCsv(LISTS))).toEqual(LISTS);
    expect(() => fromFile("{nonsense")).toThrow();
  });
});

describe("sameLists", () => {
  it("tells an edit from none", () => {
    expect(sameLists(LISTS, structuredClone(LISTS))).toBe(true);
    expect(sameLists(LISTS, { ...LISTS, exceptions: [] })).toBe(false);
  });
});
