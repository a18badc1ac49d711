import { expect, it } from "vitest";
import { historyOption, historyRange } from "./history.logic";

const points = [42, 71.6, 66].map((score, index) => ({
  at: `2011-0${index + 1}-01T00:00:00Z`,
  score,
  level: "early" as const,
  version: 1,
}));
const words = {
  score: "风险分",
  day: (moment: string) => moment.slice(0, 10),
  mark: (version: number) => `配置 v${version}`,
};
const bands = { early: 50, medium: 70, high: 90 };

interface Line {
  data: [number, number][];
  markLine: { data: { yAxis?: number; xAxis?: number; label: { formatter?: string } }[] };
}

it("C36-02 marks configuration changes on the score history", () => {
  const marks = [{ at: "2011-02-10T00:00:00Z", version: 2, note: "" }];
  const [line] = historyOption({ points, marks }, bands, words).series as Line[];
  const lines = line?.markLine.data ?? [];
  expect(lines.filter(({ yAxis }) => yAxis !== undefined).map(({ yAxis }) => yAxis)).toEqual([50, 70, 90]);
  expect(lines.find(({ xAxis }) => xAxis !== undefined)?.label.formatter).toBe("配置 v2");
  expect(line?.data[1]?.[1]).toBe(71.6);
});

it("can be told in a sentence", () => {
  expect(historyRange(points)).toEqual({ first: 42, last: 66, highest: 72 });
  expect(historyRange([])).toBeNull();
});
