import type { Schemas } from "@/shared/api/client";
import type { Item } from "../review.logic";

export const READING: Schemas["ReadingOut"] = {
  negative: 91,
  leaving: 0,
  complaint: true,
  acknowledgement: false,
  topics: [{ code: "service", label: "服务态度", team: "客服组" }],
  intents: [{ kind: "escalation", score: 92 }],
  competitor: "",
  reviewed: false,
  second: false,
  spans: [{ start: 0, end: 4, shows: "negative", which: "" }],
};

export const itemOf = (part: Partial<Item> = {}): Item => ({
  source: "wecom",
  activity_id: "m1",
  at: "2026-03-01T02:00:00Z",
  kind: "message.in",
  kind_name: "客户来信",
  customer: { id: 7, key: "C7", name: "华东灯具", name_is_sample: false },
  owner: { id: 2, name: "林晓雯", team: null },
  text: "等了三天没人理",
  masked: false,
  gone: false,
  from_us: false,
  is_sample: false,
  reading: READING,
  verdict: null,
  ...part,
});

export const pageOf = (items: Item[] = [itemOf()]): Schemas["ReviewPage"] => ({
  items,
  next_cursor: null,
  open: items.length,
  done: 3,
  topics: READING.topics,
});

export const RATE: Schemas["RateOut"] = {
  customers: 40,
  lost: 12,
  rate: 0.3,
  low: 0.18,
  high: 0.45,
  base_customers: 900,
  base_lost: 90,
  base: 0.1,
  over: 65,
  horizon_days: 90,
  dates: ["2025-12-01", "2025-09-02"],
};

export const listsOf = (part: Partial<Schemas["ListsOut"]> = {}): Schemas["ListsOut"] => ({
  number: 2,
  lists: {
    own_brands: ["留客"],
    own_products: [],
    competitors: [{ name: "友商甲", aliases: ["甲家"] }],
    leave_phrases: ["对比{brand}"],
    topics: [{ code: "slow", label: "系统慢", words: ["卡"], team: "客服组" }],
    exceptions: [],
  },
  versions: [
    { number: 2, note: "加竞品", by: null, at: "2026-02-01T00:00:00Z" },
    { number: 1, note: "", by: null, at: "2026-01-01T00:00:00Z" },
  ],
  teams: ["客服组", "技术组"],
  stale: 0,
  job: null,
  may_edit: true,
  ...part,
});

export const SETTINGS: Schemas["TextSettingsOut"] = {
  retention_days: 365,
  model: { enabled: false, url: "https://llm.example/v1", name: "small", has_key: true, seconds: 10, test: null },
  calibration: {
    points: [
      [0, 0],
      [100, 100],
    ],
    own: false,
    used: 0,
    verdicts: 12,
    agreed: 5,
    needed: 10,
    calibrated_at: null,
  },
  may_edit: true,
};
