import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "@/shared/api/client";

export type Promised = Schemas["PromiseReport"];
export type Option = Schemas["PromiseOption"];
export type Share = Schemas["PromiseShare"];
export type Rate = Schemas["PromiseRate"];
export type Card = Schemas["CardOut"];
export type CardPart = Schemas["CardSection"];

export const LOWEST = 70;
export const HIGHEST = 95;

const ACCENT = "#2F54C8";
const GREY = "#626B7E";
const PALE = "#C5CCD9";
const DANGER = "#C9252D";

/** The target of the address as a share; null where there is none that may be asked for. */
export function targetOf(text: string): number | null {
  const percent = Number(text);
  return text !== "" && Number.isFinite(percent) && percent >= LOWEST && percent <= HIGHEST ? percent / 100 : null;
}

export const percentOf = (target: number): number => Math.round(target * 100);

/** The version asked for in the address; null: the live one. */
export function versionOf(text: string): number | null {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

/** One digit behind the point, two significant ones below one. */
export function small(value: number): string {
  if (value >= 10) return Math.round(value).toLocaleString("en-US");
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

/** Hits of alerts as a share, null without alerts. */
export const precisionOf = ({ alerts, hits }: Share): number | null => (alerts > 0 ? hits / alerts : null);

export const rateOf = ({ eligible, lost }: Share): number | null => (eligible > 0 ? lost / eligible : null);

export interface Lines {
  said: string;
  happened: string;
  exact: string;
  curve: string;
  chosen: string;
  base: string;
  precision: string;
  target: string;
  alerts: string;
  random: string;
}

const hundred = (share: number) => Math.round(share * 1000) / 10;

function square(x: string, y: string): EChartsCoreOption {
  const axis = (name: string) => ({
    type: "value",
    name,
    nameLocation: "middle",
    nameGap: 28,
    min: 0,
    max: 100,
    splitLine: { lineStyle: { color: "#EEF0F4" } },
    axisLabel: { color: GREY, formatter: "{value}%" },
    nameTextStyle: { color: GREY },
  });
  return {
    grid: { left: 18, right: 16, top: 34, bottom: 22, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 3, icon: "rect", textStyle: { color: "#3D475C" } },
    tooltip: { trigger: "item", confine: true },
    xAxis: axis(x),
    yAxis: { ...axis(y), nameGap: 40 },
  };
}

const line = (name: string, data: number[][], color: string, more: object = {}) => ({
  type: "line",
  name,
  data,
  symbol: "none",
  lineStyle: { width: 2, color },
  itemStyle: { color },
  ...more,
});

const DASHED = { lineStyle: { width: 1.5, type: "dashed", color: PALE } };

/** Said against happened, beside the line on which both are equal. */
export function reliabilityOption(bins: Promised["reliability"], words: Lines): EChartsCoreOption {
  const points = bins.map(({ said, happened }) => [hundred(said), hundred(happened)]);
  return {
    ...square(words.said, words.happened),
    series: [
      line(
        words.exact,
        [
          [0, 0],
          [100, 100],
        ],
        PALE,
        DASHED,
      ),
      line(words.happened, points, ACCENT, { symbol: "circle", symbolSize: 7 }),
    ],
  };
}

/** Precision at every recall, with today's threshold and the base rate. */
export function recallOption(report: Pick<Promised, "curve" | "chosen_point">, base: number | null, words: Lines) {
  const chosen = report.chosen_point;
  return {
    ...square(words.chosen, words.precision),
    series: [
      line(
        words.curve,
        report.curve.map(({ recall, precision }) => [hundred(recall), hundred(precision)]),
        ACCENT,
      ),
      ...(base === null
        ? []
        : [
            line(
              words.base,
              [
                [0, hundred(base)],
                [100, hundred(base)],
              ],
              PALE,
              DASHED,
            ),
          ]),
      ...(chosen
        ? [
            line(words.target, [[hundred(chosen.recall), hundred(chosen.precision)]], DANGER, {
              symbol: "circle",
              symbolSize: 12,
            }),
          ]
        : []),
    ],
  };
}

/** True against false alarms at every threshold, with today's. */
export function rocOption(report: Pick<Promised, "curve" | "chosen_point">, words: Lines): EChartsCoreOption {
  const chosen = report.chosen_point;
  const points = [
    [0, 0],
    ...report.curve.map(({ false_rate, recall }) => [hundred(false_rate), hundred(recall)]),
    [100, 100],
  ];
  return {
    ...square(words.random, words.chosen),
    series: [
      line(words.curve, points, ACCENT),
      ...(chosen
        ? [
            line(words.target, [[hundred(chosen.false_rate), hundred(chosen.recall)]], DANGER, {
              symbol: "circle",
              symbolSize: 12,
            }),
          ]
        : []),
    ],
  };
}

/** Precision and base rate by moment, with the target as a line. */
export function monthsOption(months: readonly Share[], target: number, words: Lines): EChartsCoreOption {
  const share = (read: (one: Share) => number | null) =>
    months.map((one) => {
      const value = read(one);
      return value === null ? null : hundred(value);
    });
  return {
    grid: { left: 4, right: 12, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 3, icon: "rect", textStyle: { color: "#3D475C" } },
    tooltip: { trigger: "axis", confine: true },
    xAxis: {
      type: "category",
      data: months.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "#D7DCE5" } },
      axisLabel: { color: GREY },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 100,
      splitLine: { lineStyle: { color: "#EEF0F4" } },
      axisLabel: { color: GREY, formatter: "{value}%" },
    },
    series: [
      { type: "bar", name: words.base, data: share(rateOf), itemStyle: { color: PALE }, barMaxWidth: 18 },
      {
        type: "line",
        name: words.precision,
        data: share(precisionOf),
        symbol: "circle",
        symbolSize: 7,
        connectNulls: false,
        lineStyle: { width: 2, color: ACCENT },
        itemStyle: { color: ACCENT },
      },
      {
        type: "line",
        name: words.target,
        data: months.map(() => hundred(target)),
        symbol: "none",
        lineStyle: { width: 1.5, type: "dashed", color: DANGER },
        itemStyle: { color: DANGER },
      },
    ],
  };
}

export const cardUrl = (slug: string, number: number, form: "markdown" | "html", language: string): string =>
  `/api/v1/w/${slug}/models/${number}/card/file?form=${form}&language=${language}`;
