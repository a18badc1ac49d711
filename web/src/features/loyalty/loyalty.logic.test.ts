import { describe, expect, it } from "vitest";
import {
  benefitsOption,
  draftOf,
  exampleOf,
  leftOf,
  newCoupon,
  readProgramme,
  replaced,
  same,
  withLevel,
  without,
  withStep,
  writeProgramme,
} from "./loyalty.logic";
import { couponKindOf, programmeOf } from "./testing/fixtures";

describe("the programme", () => {
  it("comes back as it was", () => {
    const programme = programmeOf();
    expect(readProgramme(writeProgramme(programme))).toEqual(programme);
    expect(same(programme, programmeOf())).toBe(true);
    expect(same(programme, programmeOf({ worth: 1 }))).toBe(false);
  });

  it("takes further levels and steps above the last, changes one and drops one", () => {
    expect(withLevel([], "银牌")).toEqual([{ name: "银牌", least: 1000, factor: 1.2 }]);
    expect(withLevel([{ name: "银牌", least: 5000, factor: 1.2 }], "金牌")[1]).toMatchObject({
      name: "金牌",
      least: 10_000,
    });
    expect(withStep([])).toEqual([{ least: 100_000, percent: 2 }]);
    expect(withStep([{ least: 300_000, percent: 3 }])[1]).toEqual({ least: 600_000, percent: 5 });
    expect(replaced([{ a: 1 }, { a: 2 }], 1, { a: 9 })).toEqual([{ a: 1 }, { a: 9 }]);
    expect(without(["a", "b"], 0)).toEqual(["b"]);
  });

  it("LOY-01 says by example what a customer at risk earns more", () => {
    expect(exampleOf(programmeOf(), 1000)).toEqual({ usual: 1000, atRisk: 2000, best: 1200 });
    expect(exampleOf(programmeOf({ levels: [] }), 1000).best).toBeNull();
  });
});

describe("a coupon kind", () => {
  it("has what is left of its stock, or any number", () => {
    expect(leftOf(couponKindOf({ stock: 10, issued: 4 }))).toBe(6);
    expect(leftOf(couponKindOf({ stock: null }))).toBeNull();
  });

  it("is edited by the fields that a person sets, and by no other", () => {
    expect(Object.keys(draftOf(couponKindOf())).sort()).toEqual(Object.keys(newCoupon).sort());
  });
});

describe("accrued benefits beside losses", () => {
  it("stacks what members got and draws the loss on an axis of its own", () => {
    const one = { month: "2026-11-01", granted: 9, redeemed: 4, lapsed: 0, coupons: 2, lost: 1, lost_value: 800 };
    const words = { granted: "a", redeemed: "b", coupons: "c", lost: "d" };
    const option = benefitsOption([one], words, (value) => `£${value}`);
    expect(option.series.map(({ name, data }) => [name, data])).toEqual([
      ["a", [9]],
      ["b", [4]],
      ["c", [2]],
      ["d", [800]],
    ]);
    expect(option.series.at(-1)).toMatchObject({ type: "line", yAxisIndex: 1 });
    expect(option.tooltip.valueFormatter(3)).toBe("£3");
  });
});
