import type { Schemas } from "@/shared/api/client";

type Signal = Schemas["SignalOut"];

export const config = {
  base: 12,
  dimensions: { consumption: { weight: 1, name: "" }, interaction: { weight: 1, name: "" } },
  profiles: [],
  seasons: [],
  baseline: { enabled: true, share: 0.2, days: 30, periods: 6 },
  signals: {
    "SIG-20": { points: 28, enabled: true, params: { days: 30, drop: 0.2 } },
    growth: { points: -10, enabled: true, params: {} },
  },
  bands: { early: 50, medium: 70, high: 90 },
  tiers: { by: "percentile", high: 0.9, mid: 0.6 },
};

const signal = (change: Partial<Signal>): Signal => ({
  key: "SIG-20",
  mission_id: "SIG-20",
  family: "consumption",
  name: "下单金额下降",
  description: "与上一期比",
  params: [
    { name: "days", label: "窗口", unit: "days", minimum: 7, maximum: 180, step: 1, default: 30 },
    { name: "drop", label: "下降幅度", unit: "percent", minimum: 0.05, maximum: 0.95, step: 0.05, default: 0.2 },
  ],
  protective: false,
  fires_now: 412,
  not_computable: null,
  ...change,
});

export function versionOf(
  version: number,
  status: Schemas["ScoreConfigOut"]["status"],
  change: Partial<Schemas["ScoreConfigOut"]> = {},
): Schemas["ScoreConfigOut"] {
  return {
    version,
    status,
    config,
    note: `第 ${version} 次调整`,
    created_by: "林晓雯",
    created_at: "2026-11-20T02:00:00Z",
    published_at: status === "draft" ? null : "2026-11-20T03:00:00Z",
    ...change,
  };
}

export function scoringOf(change: Partial<Schemas["ScoringOut"]> = {}): Schemas["ScoringOut"] {
  return {
    live: versionOf(3, "published"),
    draft: null,
    signals: [
      signal({}),
      signal({ key: "growth", family: "consumption", name: "近期增长", params: [], protective: true, fires_now: 504 }),
      signal({
        key: "SIG-05",
        family: "interaction",
        name: "互动连续下降",
        params: [],
        fires_now: 0,
        not_computable: "没有行为事件数据",
      }),
    ],
    histogram: [
      { start: 0, count: 1079, level: "normal" },
      { start: 80, count: 135, level: "medium" },
    ],
    bands: config.bands,
    seasons_now: [],
    overrides: 0,
    mode: "rules",
    model: null,
    ...change,
  };
}

export const preview: Schemas["ScorePreviewOut"] = {
  customers: 2850,
  is_sample: false,
  changed: 114,
  levels_before: { normal: 1783, early: 531, medium: 470, high: 66 },
  levels_after: { normal: 1783, early: 531, medium: 356, high: 180 },
  moves: [{ before: "medium", after: "high", count: 114 }],
  sample: [
    {
      customer: { id: 101, key: "C-1", name: "Rosewood Acre Market", name_is_sample: true },
      before: 88,
      after: 88,
      level_before: "medium",
      level_after: "high",
    },
  ],
  profiles: {},
  histogram_after: [
    { start: 0, count: 1079, level: "normal" },
    { start: 80, count: 135, level: "high" },
  ],
};
