import { expect, it } from "vitest";
import { attributesOf } from "./profile.logic";

it("shows attributes as text and marks the generated ones", () => {
  expect(attributesOf({ 国家: "UK", 行业: "礼品", 备注: "", 标签: ["A", "B"], 等级: 3 }, ["行业"])).toEqual([
    { name: "国家", text: "UK", isSample: false },
    { name: "行业", text: "礼品", isSample: true },
    { name: "标签", text: "A, B", isSample: false },
    { name: "等级", text: "3", isSample: false },
  ]);
});

it("does not fail on nested values", () => {
  expect(attributesOf({ a: { b: 1 } }, ["attributes.a"])).toEqual([{ name: "a", text: '{"b":1}', isSample: true }]);
});
