import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "@/shared/api/client";
import { month } from "@/shared/lib/dates";

export type Month = Schemas["LoyaltyMonth"];
export type Plain = Schemas["LoyaltyIn"]["spec"];
export type CouponKind = Schemas["CouponKindOut"];
export type CouponDraft = Omit<Schemas["CouponKindIn"], "form"> & { form: CouponKind["form"] };

export interface MemberLevel {
  name: string;
  least: number;
  factor: number;
}
export interface VolumeStep {
  least: number;
  percent: number;
}
export interface Ease {
  factor: number;
  price: number;
}

/** The programme as the server keeps it; the server fills every part in. */
export interface Programme {
  enabled: boolean;
  starts_on: string | null;
  per_money: number;
  worth: number;
  expire_days: number;
  at_risk: Record<"early" | "medium" | "high", Ease>;
  winback: { points: number; silent_days: number; times: number };
  member_day: { day: number; weekly: boolean; factor: number };
  levels: MemberLevel[];
  grace_days: number;
  volume: VolumeStep[];
  referral: { referrer: number; referred: number; depth: number; share: number };
}

export const RISKS = ["early", "medium", "high"] as const;

export const readProgramme = (plain: Plain) => plain as unknown as Programme;
export const writeProgramme = (programme: Programme) => programme as unknown as Plain;
export const same = (one: Programme, other: Programme) => JSON.stringify(one) === JSON.stringify(other);

/** A row more, a step above the last one. */
export function withLevel(levels: readonly MemberLevel[], name: string): MemberLevel[] {
  const last = levels.at(-1);
  return [...levels, { name, least: last ? last.least * 2 || 1000 : 1000, factor: last ? last.factor + 0.2 : 1.2 }];
}

export function withStep(steps: readonly VolumeStep[]): VolumeStep[] {
  const last = steps.at(-1);
  return [...steps, { least: last ? last.least * 2 : 100_000, percent: last ? last.percent + 2 : 2 }];
}

export const replaced = <T>(rows: readonly T[], at: number, change: Partial<T>): T[] =>
  rows.map((row, place) => (place === at ? { ...row, ...change } : row));
export const without = <T>(rows: readonly T[], at: number): T[] => rows.filter((_, place) => place !== at);

/** An order as an example: what each kind of customer would earn with it. */
export function exampleOf({ per_money, at_risk, levels }: Programme, amount: number) {
  const best = levels.at(-1);
  return {
    usual: Math.floor(amount * per_money),
    atRisk: Math.floor(amount * per_money * at_risk.high.factor),
    best: best ? Math.floor(amount * per_money * best.factor) : null,
  };
}

/** What a coupon still has in stock; null = any number. */
export const leftOf = ({ stock, issued }: CouponKind) => (stock === null ? null : stock - issued);

export const newCoupon: CouponDraft = {
  name: "",
  form: "amount",
  value: 10,
  least_spend: 0,
  cost: 10,
  stock: 100,
  per_customer: 1,
  valid_days: 30,
  offer_class: "",
  enabled: true,
};

export const draftOf = (kind: CouponKind): CouponDraft => ({
  name: kind.name,
  form: kind.form,
  value: kind.value,
  least_spend: kind.least_spend,
  cost: kind.cost,
  stock: kind.stock,
  per_customer: kind.per_customer,
  valid_days: kind.valid_days,
  offer_class: kind.offer_class,
  enabled: kind.enabled,
});

export interface ChartWords {
  granted: string;
  redeemed: string;
  coupons: string;
  lost: string;
}

/** Accrued benefits as bars, the yearly value of lost members as a line, one axis each: they are of different size. */
export function benefitsOption(months: readonly Month[], words: ChartWords, money: (value: number) => string) {
  const bar = (name: string, color: string, read: (one: Month) => number) => ({
    type: "bar",
    name,
    stack: "benefits",
    itemStyle: { color },
    data: months.map(read),
  });
  return {
    grid: { left: 4, right: 4, top: 40, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", confine: true, valueFormatter: money },
    xAxis: { type: "category", data: months.map((one) => month(one.month)) },
    yAxis: [
      { type: "value", axisLabel: { formatter: money }, splitLine: { lineStyle: { color: "#EEF0F4" } } },
      { type: "value", axisLabel: { formatter: money }, splitLine: { show: false } },
    ],
    series: [
      bar(words.granted, "#A9BBEC", ({ granted }) => granted),
      bar(words.redeemed, "#2F54C8", ({ redeemed }) => redeemed),
      bar(words.coupons, "#8FC7B5", ({ coupons }) => coupons),
      {
        type: "line",
        name: words.lost,
        yAxisIndex: 1,
        itemStyle: { color: "#C9252D" },
        data: months.map(({ lost_value }) => lost_value),
      },
    ],
  } satisfies EChartsCoreOption;
}
