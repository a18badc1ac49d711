import type { Schemas } from "@/shared/api/client";
import type { Consent, Message, Template } from "../messages.logic";

export const template: Template = {
  code: "care_checkin",
  name: "日常关怀",
  purpose: "service",
  media: ["email", "sms"],
  subject: "{{客户名}}，最近使用还顺利吗",
  body: "{{联系人}}您好",
  sms_template: "",
  about: "",
  open_pixel: false,
  number: 0,
  shipped: true,
  archived: false,
  variables: ["客户名", "联系人"],
  warnings: [],
};

export const message: Message = {
  id: 9,
  customer: { id: 7, key: "C7", name: "甲公司", name_is_sample: false },
  channel: "email",
  medium: "email",
  purpose: "service",
  template: "care_checkin",
  template_name: "日常关怀",
  status: "accepted",
  reason: "",
  subject: "甲公司，最近使用还顺利吗",
  text: "李雷您好",
  address: "l***@example.test",
  at: "2011-09-09T10:00:00Z",
  planned_at: "2011-09-09T10:00:00Z",
  sent_at: null,
  delivered_at: null,
  opened_at: null,
  clicked_at: null,
  replied_at: null,
  cost: 0,
  by: null,
  playbook_id: null,
  confirmed: "",
};

export const preview: Schemas["MessagePreviewOut"] = {
  subject: "甲公司，最近使用还顺利吗",
  text: "李雷您好",
  contact: "李雷",
  address: "li@example.test",
  channel: "email",
  missing: [],
  verdict: { verdict: "allowed", rule: "", text: "", until: null, holds: null },
};

export const consent = (change: Partial<Consent> = {}): Consent => ({
  contact_id: 1,
  medium: "email",
  purpose: "marketing",
  word: "none",
  at: null,
  source: "",
  wording: "",
  suppressed: null,
  ...change,
});
