import { describe, expect, it } from "vitest";
import { catalogueOf, columnsOf, fromScreen, isFound, isPercent, mayAddPoints, toScreen } from "./catalogue.logic";
import { saveWord } from "./editor/SaveState";
import { catalogue as told } from "./testing/fixtures";
import { readTree } from "./tree/plain";
import { showsRules } from "./useRefreshRules";

const catalogue = catalogueOf(told);
const treeOf = (...conditions: object[]) => readTree({ when: { all: conditions }, exclude: null });

describe("RUL-07 the catalogue of fields", () => {
  it("keeps groups in the server's order, each field once", () => {
    expect(catalogue.groups.map(({ group }) => group)).toEqual(["下单", "合同", "客户", "信号", "评分"]);
    expect(catalogue.groups.flatMap(({ columns }) => columns)).toHaveLength(told.columns.length);
    expect(catalogue.typeOf("tier")).toBe("text");
    expect(catalogue.typeOf("gone")).toBeUndefined();
  });
  it("names the fields of a rule, comparisons and exclusion included", () => {
    const tree = readTree({
      when: { all: [{ column: "order_amount_90", op: "lt", value: { column: "order_amount_prior_90", times: 0.8 } }] },
      exclude: { all: [{ column: "tags", op: "has", value: "legal" }] },
    });
    expect(columnsOf(tree, catalogue).map(({ name }) => name)).toEqual([
      "order_amount_90",
      "order_amount_prior_90",
      "tags",
    ]);
  });
  it("lets only rules below the score add to it", () => {
    expect(mayAddPoints(treeOf({ column: "signal.SIG-20", op: "is_true" }), catalogue)).toBe(true);
    expect(mayAddPoints(treeOf({ column: "score", op: "ge", value: 80 }), catalogue)).toBe(false);
  });
  it("is searched by words of the label and by the code", () => {
    const column = { name: "order_amount_90", label: "近90天下单金额" };
    expect(isFound(column, "下单 90")).toBe(true);
    expect(isFound(column, "ORDER_amount")).toBe(true);
    expect(isFound(column, "登录")).toBe(false);
  });
  it("shows shares as percents, without losing any", () => {
    expect(isPercent("share")).toBe(true);
    expect(toScreen("share", 0.155)).toBe(15.5);
    expect(fromScreen("share", toScreen("share", 0.07))).toBe(0.07);
    expect(toScreen("money", 500)).toBe(500);
  });
});

describe("what is said about saving", () => {
  const saving = { busy: false, error: null, dirty: true, savedAt: null };
  it("is one word", () => {
    expect(saveWord({ ...saving, busy: true }, false, false)).toBe("saving");
    expect(saveWord({ ...saving, error: {} }, false, false)).toBe("failed");
    expect(saveWord(saving, true, false)).toBe("incomplete");
    expect(saveWord(saving, true, true)).toBe("unsaved");
    expect(saveWord({ ...saving, dirty: false, savedAt: new Date() }, false, false)).toBe("auto");
    expect(saveWord({ ...saving, dirty: false }, false, false)).toBe("none");
  });
});

describe("after a change of a rule", () => {
  const path = (end: string) => showsRules(["get", `/api/v1/w/{slug}/${end}`, {}]);
  it("lists, pages and answers are read again, the catalogue is not", () => {
    expect(path("rules")).toBe(true);
    expect(path("rules/{rule_id}/versions")).toBe(true);
    expect(path("customers/{customer_id}/why")).toBe(true);
    expect(path("rules/catalogue")).toBe(false);
    expect(path("rules/count")).toBe(false);
    expect(path("alerts")).toBe(false);
  });
});
