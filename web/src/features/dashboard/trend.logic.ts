import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "@/shared/api/client";
import { month } from "@/shared/lib/dates";

export type TrendPoint = Schemas["TrendPoint"];
export const TREND_VIEWS = ["churn", "retention", "activity"] as const;
export type TrendView = (typeof TREND_VIEWS)[number];

export interface TrendWords {
  churn: string;
  retention: string;
  active: string;
  orders: string;
  running: string;
}

const ACCENT = "#2F54C8";
const GREY = "#626B7E";

export function labelOf(day: string, points: readonly TrendPoint[]): string {
  const months = new Set(points.map((point) => month(point.day)));
  return months.size === points.length ? month(day) : day;
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

/** The finished periods as a line, and the running one joined to it by dashes. */
export function splitRunning(points: readonly TrendPoint[], read: (point: TrendPoint) => number | null) {
  const lastDone = points.findLastIndex(({ complete }) => complete);
  return {
    done: points.map((point) => (point.complete ? read(point) : null)),
    running: points.map((point, index) => (index === lastDone || !point.complete ? read(point) : null)),
    hasRunning: points.some(({ complete }) => !complete),
  };
}

function axes(labels: readonly string[], percent: boolean): EChartsCoreOption {
  return {
    grid: { left: 4, right: 12, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 3, icon: "rect", textStyle: { color: "#3D475C" } },
    tooltip: {
      trigger: "axis",
      confine: true,
      valueFormatter: percent ? (value: number | null) => (value === null ? "" : `${value}%`) : undefined,
    },
    xAxis: {
      type: "category",
      data: labels,
      boundaryGap: !percent,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "#D7DCE5" } },
      axisLabel: { color: GREY },
    },
    yAxis: {
      type: "value",
      scale: percent,
      splitNumber: 4,
      splitLine: { lineStyle: { color: "#EEF0F4" } },
      axisLabel: { color: GREY, formatter: percent ? "{value}%" : undefined },
    },
  };
}

function rateOption(
  points: readonly TrendPoint[],
  name: string,
  running: string,
  read: (point: TrendPoint) => number | null,
) {
  const series = splitRunning(points, (point) => rounded(read(point)));
  const line = { type: "line", symbol: "circle", symbolSize: 5, itemStyle: { color: ACCENT }, connectNulls: false };
  return {
    ...axes(
      points.map(({ day }) => labelOf(day, points)),
      true,
    ),
    series: [
      {
        ...line,
        name,
        data: series.done,
        lineStyle: { width: 2.5, color: ACCENT },
        areaStyle: { color: "rgba(47,84,200,0.06)" },
      },
      ...(series.hasRunning
        ? [
            {
              ...line,
              name: running,
              data: series.running,
              lineStyle: { width: 2, type: "dashed", color: "#8FA4E3" },
              itemStyle: { color: "#8FA4E3" },
            },
          ]
        : []),
    ],
  };
}

/** The chart's option for a view (rates come as 0–100); percent views start where the values are, counts at zero. */
export function trendOption(points: readonly TrendPoint[], view: TrendView, words: TrendWords): EChartsCoreOption {
  if (view === "churn") return rateOption(points, words.churn, words.running, ({ churn_rate }) => churn_rate);
  if (view === "retention")
    return rateOption(points, words.retention, words.running, ({ retention_rate }) => retention_rate);
  return {
    ...axes(
      points.map(({ day }) => labelOf(day, points)),
      false,
    ),
    series: [
      {
        type: "bar",
        name: words.active,
        data: points.map(({ active_customers }) => active_customers),
        itemStyle: { color: ACCENT, borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 22,
      },
      {
        type: "bar",
        name: words.orders,
        data: points.map(({ orders }) => orders),
        itemStyle: { color: "#C5CCD9", borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 22,
      },
    ],
  };
}

/** Nothing to draw when no period has the value. */
export function hasTrend(points: readonly TrendPoint[], view: TrendView): boolean {
  if (view === "activity") return points.some(({ active_customers, orders }) => active_customers > 0 || orders > 0);
  return points.some(({ churn_rate, retention_rate }) => (view === "churn" ? churn_rate : retention_rate) !== null);
}
