import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "@/shared/api/client";
import type { Bands } from "@/shared/lib/risk";
import { LEVEL_FILL } from "@/shared/lib/risk";

export interface HistoryWords {
  score: string;
  day: (moment: string) => string;
  mark: (version: number) => string;
}

const QUIET = { color: "#626B7E", fontSize: 11 };

/** Past scores as a line, the cut-offs of the levels as thin lines, and a mark where a configuration went live. */
export function historyOption(
  { points, marks }: Schemas["ScoreHistoryOut"],
  bands: Bands,
  words: HistoryWords,
): EChartsCoreOption {
  const cuts = (["early", "medium", "high"] as const).map((level) => ({
    yAxis: bands[level],
    lineStyle: { color: LEVEL_FILL[level], type: "dashed", width: 1, opacity: 0.7 },
    label: { show: false },
  }));
  const changes = marks.map(({ at, version }) => ({
    xAxis: Date.parse(at),
    lineStyle: { color: "#566074", type: "solid", width: 1 },
    label: { formatter: words.mark(version), ...QUIET, position: "end", rotate: 0 },
  }));
  return {
    grid: { left: 30, right: 14, top: 20, bottom: 24 },
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: "#D7DCE5" } },
      axisTick: { show: false },
      axisLabel: {
        ...QUIET,
        hideOverlap: true,
        formatter: (value: number) => words.day(new Date(value).toISOString()).slice(0, 7),
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 100,
      interval: 50,
      axisLabel: QUIET,
      splitLine: { lineStyle: { color: "#EEF0F4" } },
    },
    tooltip: { trigger: "axis", valueFormatter: (value: unknown) => String(Math.round(Number(value))) },
    series: [
      {
        type: "line",
        name: words.score,
        showSymbol: false,
        data: points.map(({ at, score }) => [Date.parse(at), score]),
        lineStyle: { color: "#2F54C8", width: 2 },
        itemStyle: { color: "#2F54C8" },
        markLine: { silent: true, symbol: "none", data: [...cuts, ...changes] },
      },
    ],
  };
}

/** The same as one sentence, for those who do not see the chart. */
export function historyRange(
  points: readonly { score: number }[],
): { first: number; last: number; highest: number } | null {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return null;
  return {
    first: Math.round(first.score),
    last: Math.round(last.score),
    highest: Math.round(Math.max(...points.map(({ score }) => score))),
  };
}
