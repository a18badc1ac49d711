import type { Schemas } from "@/shared/api/client";
import type { Row, Version } from "../model.logic";

const interval = (value: number) => ({ value, low: value - 0.01, high: value + 0.01, n: 900 });
const nothing = { value: null, low: null, high: null, n: 900 };
export const definition: Schemas["LabelShape"] = {
  kind: "inactivity",
  horizon_days: 90,
  active_days: 180,
  kinds: ["order.placed"],
  drop: 0.7,
  grace_days: 30,
};

export const rowOf = (part: Partial<Row> = {}): Row => ({
  number: 2,
  stage: "model",
  status: "candidate",
  why: "asked",
  definition,
  auc: interval(0.773),
  recency_auc: interval(0.67),
  base_rate: 0.51,
  rows: 900,
  customers: 300,
  created_by: null,
  created_at: "2011-09-10T00:00:00Z",
  published_at: null,
  shadow_since: null,
  shadow_left: 14,
  job: null,
  objections: [],
  ...part,
});

const compared = (name: Schemas["ComparedOut"]["name"], auc: number): Schemas["ComparedOut"] => ({
  name,
  auc: interval(auc),
  ap: interval(auc),
  top: interval(0.85),
  log_loss: name === "recency" ? nothing : interval(0.61),
  ece: name === "recency" ? null : 0.03,
  behind: interval(0.773 - auc),
});

export const versionOf = (part: Partial<Version> = {}): Version => ({
  ...rowOf(),
  lost: 220,
  stayed: 250,
  judged: 6,
  slope: 1.11,
  promise_logit: null,
  missing: [],
  origins: [{ day: "2011-05-23", rate: 0.51, n: 300 }],
  comparison: [compared("stack", 0.773), compared("recency", 0.67)],
  weights: [
    { code: "SIG-09", name: "多久没来", family: "interaction", before: 22, after: 19, fired: 0.44 },
    { code: "SIG-13", name: "不变的信号", family: "service", before: 16, after: 16, fired: 0.1 },
    { code: "frequent", name: "常来", family: "consumption", before: -69, after: -76, fired: 0.46 },
  ],
  seasons: [{ quarter: 4, family: "interaction", factor: 0.9, low: 0.85, high: 0.95, n: 400 }],
  importance: [{ code: "order_since", name: "距上次下单天数", family: "consumption", size: 0.4 }],
  members: { scorecard: 1 },
  leaks: [],
  shadow: [],
  ...part,
});

export const previewOf = (part: Partial<Schemas["LabelPreviewOut"]> = {}): Schemas["LabelPreviewOut"] => ({
  definition,
  stage: "calibrated",
  next_stage: "model",
  missing: [{ what: "lost", have: 120, need: 200, text: "已流失的客户 120 位，需要 200 位" }],
  lost: 120,
  stayed: 300,
  outcomes: 4,
  origins: [{ day: "2011-05-23", rate: 0.51, n: 300 }],
  judged: 0,
  curve: [
    { days: 30, silent: 900, share: 0.6, low: 0.57, high: 0.63 },
    { days: 365, silent: 0, share: null, low: 0, high: 1 },
  ],
  suggested_days: 240,
  ...part,
});

export const pageOf = (part: Partial<Schemas["ModelPageOut"]> = {}): Schemas["ModelPageOut"] => ({
  setting: {
    definition,
    target: 0.85,
    retrain: true,
    saved: false,
    kinds: [
      { kind: "login", label: "登录" },
      { kind: "order.placed", label: "下单" },
    ],
  },
  live: null,
  versions: [rowOf()],
  may_publish: true,
  ...part,
});
