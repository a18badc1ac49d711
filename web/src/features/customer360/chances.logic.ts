import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "@/shared/api/client";

export type Chances = Schemas["ChancesOut"];

const QUIET = { color: "#626B7E", fontSize: 11 };

/** The chance to be lost by each day, in percent: rises or stays, never falls. */
export function curveOption(
  curve: Chances["curve"],
  words: { name: string; day: (days: number) => string },
): EChartsCoreOption {
  return {
    grid: { left: 36, right: 14, top: 12, bottom: 24 },
    xAxis: {
      type: "value",
      min: 0,
      max: curve.at(-1)?.day ?? 0,
      interval: 30,
      axisLine: { lineStyle: { color: "#D7DCE5" } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...QUIET, formatter: (value: number) => words.day(value) },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 100,
      interval: 50,
      axisLabel: { ...QUIET, formatter: "{value}%" },
      splitLine: { lineStyle: { color: "#EEF0F4" } },
    },
    tooltip: { trigger: "axis", valueFormatter: (value: unknown) => `${Math.round(Number(value))}%` },
    series: [
      {
        type: "line",
        name: words.name,
        data: curve.map(({ day, chance }) => [day, 100 * chance]),
        symbolSize: 5,
        lineStyle: { color: "#2F54C8", width: 2 },
        itemStyle: { color: "#2F54C8" },
        areaStyle: { color: "#2F54C8", opacity: 0.08 },
      },
    ],
  };
}

/** Whole percents of the first and last point, for those who do not see the chart; null where there is nothing to draw. */
export function curveRange(curve: Chances["curve"]): { days: number; first: number; last: number } | null {
  const [first] = curve;
  const last = curve.at(-1);
  if (!first || !last || curve.length < 2) return null;
  return { days: last.day, first: Math.round(100 * first.chance), last: Math.round(100 * last.chance) };
}

/** How often similar customers were lost against everybody: "2.4"; null where nobody was lost. */
export function timesUsual(similar: NonNullable<Chances["similar"]>): string | null {
  return similar.base_rate > 0 ? (similar.share / similar.base_rate).toFixed(1) : null;
}
