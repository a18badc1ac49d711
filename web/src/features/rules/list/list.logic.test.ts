import { describe, expect, it } from "vitest";
import { ruleOf, versionOf } from "../testing/fixtures";
import { filtered, packsOf, RULES_URL, sorted, tabOf } from "./list.logic";

const rules = [
  ruleOf({ id: 1, name: "VIP orders fall", pack: "vip", matched_now: 12 }),
  ruleOf({
    id: 2,
    name: "Silent",
    enabled: false,
    live: null,
    draft: versionOf({ status: "trial" }),
    matched_now: 30,
    precision: null,
  }),
  ruleOf({ id: 3, name: "Old", archived: true }),
  ruleOf({ id: 4, name: "Draft", live: null, draft: versionOf({ status: "draft" }), matched_now: 0 }),
];
const ids = (url: Partial<typeof RULES_URL>) => filtered(rules, { ...RULES_URL, ...url }).map(({ id }) => id);

describe("the list of rules", () => {
  it("hides what is archived unless it is asked for", () => {
    expect(ids({})).toEqual([1, 2, 4]);
    expect(ids({ archived: "yes" })).toEqual([3]);
  });
  it("keeps 草稿/试运行/已发布 apart from 启用/停用", () => {
    expect(ids({ status: "published" })).toEqual([1]);
    expect(ids({ status: "trial,draft" })).toEqual([2, 4]);
    expect(ids({ enabled: "off" })).toEqual([2]);
    expect(ids({ status: "trial", enabled: "on" })).toEqual([]);
  });
  it("finds words in names and in conditions", () => {
    expect(ids({ q: "vip fall" })).toEqual([1]);
    expect(ids({ q: rules[0]?.sentences[1]?.text ?? "" })).toContain(1);
    expect(ids({ q: "nothing like it" })).toEqual([]);
  });
  it("knows packs and what people made themselves", () => {
    expect(packsOf(rules)).toEqual(["vip"]);
    expect(ids({ pack: "own" })).toEqual([2, 4]);
  });
  it("sorts by a column, unknown figures last both ways", () => {
    const order = (sort: string) => sorted(rules.slice(0, 2), sort).map(({ id }) => id);
    expect(order("-matched")).toEqual([2, 1]);
    expect(order("matched")).toEqual([1, 2]);
    expect(order("precision")).toEqual([1, 2]);
    expect(order("-precision")).toEqual([1, 2]);
    expect(order("")).toEqual([1, 2]);
  });
  it("opens the list for a tab that is not there", () => {
    expect(tabOf("review")).toBe("review");
    expect(tabOf("x")).toBe("list");
  });
});
