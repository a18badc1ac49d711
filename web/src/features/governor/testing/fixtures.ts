import type { Schemas } from "@/shared/api/client";

export const policy: Schemas["TouchPolicyOut"] = {
  number: 2,
  note: "",
  by: null,
  at: null,
  holds: null,
  policy: {
    dry_run: false,
    caps: { marketing: { day: 1, week: 2, month: 4 }, service: { day: 3, week: 10, month: 30 } },
    medium_caps: { wecom: { day: 1, week: 2, month: 4 } },
    apart: ["wecom"],
    hours: { marketing: Array(7).fill("09:00-20:00"), service: Array(7).fill("08:00-22:00") },
    holiday: "defer",
    defer_days: 3,
    needs: {},
    per_head: "5",
    per_playbook: null,
    costs: { sms: "0.05" },
    fair_days: 30,
    barred_inputs: ["willingness_to_pay"],
    open_pixel: false,
    pixel_notice: "",
  },
};

export const replay: Schemas["ReplayOut"] = {
  judged: 100,
  allowed: 70,
  deferred: 10,
  refused: { frequency: 15, consent: 5 },
  was_refused: 8,
  newly_refused: 14,
  newly_allowed: 2,
  capped: false,
};

export const decision: Schemas["TouchDecisionOut"] = {
  id: 1,
  at: "2011-09-09T10:00:00Z",
  verdict: "refused",
  rule: "frequency",
  text: "全部渠道的触达次数已满：每天最多 1 次",
  customer: { id: 7, key: "C7", name: "甲公司", name_is_sample: false },
  channel: "email",
  purpose: "marketing",
  playbook_id: 3,
  template: "recall_news",
  until: null,
};

export const page = <T>(...items: T[]) => ({ items, next_cursor: null, total: items.length, total_is_capped: false });
