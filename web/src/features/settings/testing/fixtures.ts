import type { Schemas } from "@/shared/api/client";

export function personOf(change: Partial<Schemas["PersonOut"]> = {}): Schemas["PersonOut"] {
  return {
    id: 2,
    user_id: 2,
    name: "陈嘉豪",
    email: "chen@example.com",
    phone: "",
    role: "manager",
    team_id: 1,
    team: "华东组",
    is_active: true,
    invited: false,
    customers: 214,
    ...change,
  };
}

export const people = [
  personOf({ id: 1, name: "林晓雯", email: "lin@example.com", role: "admin", team_id: null, team: null, customers: 0 }),
  personOf(),
  personOf({ id: 3, name: "赵一鸣", email: "zhao@example.com", role: "supervisor", customers: 0, invited: true }),
];

export const teams: Schemas["TeamOut"][] = [
  { id: 1, name: "华东组", members: [{ id: 2, name: "陈嘉豪", team: "华东组" }] },
];

export const key: Schemas["ApiKeyOut"] = {
  id: 1,
  name: "ERP 推送",
  prefix: "lk_41ab",
  scopes: ["import"],
  origins: [],
  created_by: "林晓雯",
  created_at: "2026-11-01T02:00:00Z",
  last_used_at: null,
  revoked_at: null,
};

const counts = { sent: 0, failed: 0, unknown: 0 };

export const webhook: Schemas["ChannelOut"] = {
  id: 2,
  kind: "webhook",
  kind_label: "签名网络钩子",
  name: "值班机器人",
  config: { url: "https://hooks.example.com/liuke" },
  secrets_set: ["secret"],
  enabled: true,
  last_ok_at: "2026-11-22T02:00:00Z",
  last_error: null,
  last_error_at: null,
  callback_url: "",
  callback_public: false,
  last_callback_at: null,
  health: { day: counts, week: counts, waiting: 0, receipts_open: 0, uses: [] },
};

const field = (name: string, label: string, more: Partial<Schemas["ChannelFieldOut"]> = {}) => ({
  name,
  label,
  kind: "text" as const,
  help: "",
  required: true,
  choices: [],
  default: "",
  ...more,
});

const kindOf = (name: string, label: string, more: Partial<Schemas["ChannelKindOut"]>): Schemas["ChannelKindOut"] => ({
  name,
  label,
  about: `${label}的说明`,
  address: "",
  reaches: ["staff"],
  fields: [],
  takes_callbacks: false,
  can_check: false,
  ...more,
});

export const kinds: Schemas["ChannelKindOut"][] = [
  kindOf("email", "邮件", {
    address: "email",
    fields: [field("to", "收件人", { required: false, default: "owner", help: "留空＝发给消息对应的人" })],
  }),
  kindOf("webhook", "签名网络钩子", {
    fields: [field("url", "接收地址", { kind: "url" }), field("secret", "签名密钥", { kind: "secret" })],
  }),
  kindOf("feishu", "飞书应用", {
    address: "feishu",
    takes_callbacks: true,
    can_check: true,
    fields: [
      field("style", "令牌方式", {
        kind: "choice",
        choices: [
          { value: "tenant", label: "企业自建" },
          { value: "oauth", label: "OAuth" },
        ],
        default: "tenant",
      }),
      field("todo", "同时建待办", { kind: "flag", required: false }),
      field("rate", "每分钟上限", { kind: "number", required: false }),
    ],
  }),
];

export const policy: Schemas["AlertPolicyOut"] = {
  pushes_per_owner_and_day: 2,
  stock_releases_per_owner_and_day: 3,
  close_margin_points: 5,
  close_after_days: 3,
  repeat_after_days: 14,
  sla_hours: { early: 168, medium: 48, high: 24 },
  baseline_notice: true,
};
