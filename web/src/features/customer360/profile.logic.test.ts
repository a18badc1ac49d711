import { expect, it } from "vitest";
import { number } from "@/shared/lib/format";
import { attributesOf, ourName } from "./profile.logic";

it("shows attributes as text and marks the generated ones", () => {
  expect(attributesOf({ 国家: "UK", 行业: "礼品", 备注: "", 标签: ["A", "B"], 等级: 3 }, ["行业"], number)).toEqual([
    { name: "国家", text: "UK", isSample: false },
    { name: "行业", text: "礼品", isSample: true },
    { name: "标签", text: "A, B", isSample: false },
    { name: "等级", text: "3", isSample: false },
  ]);
});

it("does not fail on nested values", () => {
  expect(attributesOf({ a: { b: 1 } }, ["attributes.a"], number)).toEqual([
    { name: "a", text: '{"b":1}', isSample: true },
  ]);
});

it("writes large numbers in digits and leaves what may be a code", () => {
  const shown = (value: unknown) => attributesOf({ value }, [], number)[0]?.text;
  expect([1e9, 1e21, "1e+09", "1.25E+10", "-2.5e+06", [1e9]].map(shown)).toEqual([
    "1,000,000,000",
    "1,000,000,000,000,000,000,000",
    "1,000,000,000",
    "12,500,000,000",
    "−2,500,000",
    "1,000,000,000",
  ]);
  expect(["13800138000", "0571", "1E5", "7e+999", "A1e+09", true].map(shown)).toEqual([
    "13800138000",
    "0571",
    "1E5",
    "7e+999",
    "A1e+09",
    "true",
  ]);
});

it("knows the attributes that are named by us", () => {
  expect(["industry", "country", "行业", "toString"].map(ourName)).toEqual(["industry", "country", null, null]);
});
