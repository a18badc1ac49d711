import { describe, expect, it } from "vitest";
import { bytes, compact, compactText, count, currencySign, money, moneyExact, number, percent, points } from "./format";

describe("compact numbers", () => {
  it("stay whole below the first step", () => {
    expect(compact(9876, "zh-CN")).toEqual({ text: "9,876", unit: "" });
    expect(compact(987, "en")).toEqual({ text: "987", unit: "" });
  });
  it("use 万 and 亿 in Chinese", () => {
    expect(compactText(77_514, "zh-CN")).toBe("7.8 万");
    expect(compactText(18_420_000, "zh-CN")).toBe("1,842 万");
    expect(compactText(312_000_000, "zh-CN")).toBe("3.1 亿");
  });
  it("use K, M and B in English", () => {
    expect(compactText(77_514, "en")).toBe("77.5K");
    expect(compactText(1_842_000, "en")).toBe("1.8M");
    expect(compactText(2_000_000_000, "en")).toBe("2B");
  });
  it("move to the next step rather than print 1,000K or 10,000 without a unit", () => {
    expect(compactText(999_999, "en")).toBe("1M");
    expect(compactText(9_999.9, "zh-CN")).toBe("1 万");
  });
});

describe("money", () => {
  it("carries the workspace's currency", () => {
    expect(money(3100, "GBP", "zh-CN")).toBe("£3,100");
    expect(money(86_000, "CNY", "zh-CN")).toBe("¥8.6 万");
    expect(money(-12_400, "GBP", "en")).toBe("−£12.4K");
  });
  it("names a currency without a sign by its code", () => {
    expect(currencySign("SEK")).toBe("SEK ");
  });
  it("shows pence where exactness matters", () => {
    expect(moneyExact(1234.5, "GBP")).toBe("£1,234.50");
  });
});

describe("shares, counts, points and sizes", () => {
  it("print percent without minus zero", () => {
    expect(percent(0.0231)).toBe("2.3%");
    expect(percent(-0.00001)).toBe("0%");
    expect(percent(-0.12, 0)).toBe("−12%");
  });
  it("print counts with separators", () => {
    expect(count(1_067_370)).toBe("1,067,370");
  });
  it("print any number in digits", () => {
    expect([1e9, 12_345.5, -250_000, 2009, 0.07, 0, -1e-9].map(number)).toEqual([
      "1,000,000,000",
      "12,345.5",
      "−250,000",
      "2009",
      "0.07",
      "0",
      "0",
    ]);
    expect(number(1e21)).toBe("1,000,000,000,000,000,000,000");
  });
  it("always sign points", () => {
    expect(points(18.4)).toBe("+18");
    expect(points(0.44)).toBe("+0.4");
    expect(points(-5)).toBe("−5");
  });
  it("print file sizes", () => {
    expect(bytes(900)).toBe("900 B");
    expect(bytes(4096)).toBe("4 KB");
    expect(bytes(5_500_000)).toBe("5.2 MB");
  });
});
