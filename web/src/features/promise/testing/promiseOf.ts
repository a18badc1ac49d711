import type { Option, Promised, Share } from "../promise.logic";

const interval = (value: number | null, low = value, high = value, n = 400) => ({ value, low, high, n });

export function optionOf(change: Partial<Option> = {}): Option {
  return {
    target: 0.85,
    verdict: "holds",
    reason: "在检验过的时点上，实测精确率的区间没有低于承诺。",
    threshold: 1.9,
    precision: interval(0.872, 0.851, 0.894),
    wilson_low: 0.836,
    wilson_high: 0.902,
    base_rate: interval(0.61, 0.6, 0.62),
    lift: interval(1.43, 1.4, 1.46),
    recall: interval(0.142, 0.13, 0.155),
    lead_days: interval(41, 22, 63),
    alerts: 400,
    hits: 349,
    alerts_per_week: 12.4,
    judged: 8,
    made: 6,
    kept: 6,
    refusals: 2,
    ...change,
  };
}

export const shareOf = (name: string, change: Partial<Share> = {}): Share => ({
  name,
  eligible: 1_000,
  lost: 610,
  alerts: 50,
  hits: 44,
  low: 0.762,
  high: 0.944,
  ...change,
});

/** A report for tests. */
export function promiseOf(change: Partial<Promised> = {}): Promised {
  const chosen = change.chosen ?? optionOf();
  return {
    version: 3,
    live: true,
    saved_target: 0.85,
    may_publish: true,
    chosen,
    options: [optionOf({ target: 0.8 }), chosen, optionOf({ target: 0.95, verdict: "unreachable", threshold: null })],
    rule: "each",
    probability: 0.85,
    rates: [
      { source: "newest", day: "2011-06-12", rate: 0.639, decides: false },
      { source: "season", day: "2010-09-15", rate: 0.427, decides: true },
    ],
    horizon_days: 90,
    start: "2010-12-14",
    end: "2011-09-10",
    rows: 34_000,
    treated: 0,
    auc: 0.79,
    reliability: [
      { said: 0.2, happened: 0.22, low: 0.19, high: 0.25, n: 3_400 },
      { said: 0.8, happened: 0.77, low: 0.74, high: 0.8, n: 3_400 },
    ],
    curve: [
      { recall: 0.1, precision: 0.9, false_rate: 0.02 },
      { recall: 0.5, precision: 0.8, false_rate: 0.2 },
    ],
    chosen_point: { recall: 0.14, precision: 0.87, false_rate: 0.03 },
    by_month: [shareOf("2011-06-12"), shareOf("2011-07-12", { alerts: 0, hits: 0 })],
    by_tier: [shareOf("high"), shareOf("")],
    by_team: [shareOf("华东"), shareOf("")],
    before: { per_week: 30.2, stock: 210, precision: 0.79 },
    after: { per_week: 12.4, stock: 96, precision: 0.87 },
    meaning: ["精确率 = 90 分以上的预警中，之后 90 天内确实流失的比例。"],
    ...change,
  };
}
