import type { FlowSpec } from "../flow/spec";
import { emptySpec } from "../flow/spec";
import type { FlowField, Kind, Kinds, Playbook, Ready } from "../types";

export const fieldOf = (name: string, kind: string, change: Partial<FlowField> = {}): FlowField => ({
  name,
  kind,
  label: name,
  required: true,
  choices: [],
  low: 0,
  high: 100,
  default: null,
  ...change,
});

export const kindOf = (name: string, label: string, change: Partial<Kind> = {}): Kind => ({
  name,
  group: "flow",
  label,
  about: "",
  icon: "",
  fields: [],
  outlets: [{ value: "done", label: "完成" }],
  optional: [],
  ...change,
});

export const kinds: Kinds = {
  triggers: [
    kindOf("alert", "出现预警", {
      group: "trigger",
      outlets: [],
      fields: [fieldOf("levels", "choices", { label: "等级", choices: [{ value: "high", label: "高危预警" }] })],
    }),
    kindOf("manual", "手动加入", { group: "trigger", outlets: [] }),
  ],
  nodes: [
    kindOf("work_item", "人工任务", {
      fields: [
        fieldOf("title", "text", { label: "任务标题" }),
        fieldOf("owner", "member", { label: "负责人", required: false }),
      ],
    }),
    kindOf("message", "发送消息", {
      fields: [fieldOf("template", "template", { label: "模板" })],
      outlets: [
        { value: "done", label: "已发出" },
        { value: "refused", label: "被拦下" },
      ],
      optional: ["refused"],
    }),
    kindOf("split", "随机分流", { fields: [fieldOf("arms", "arms", { label: "各路" })], outlets: [] }),
    kindOf("wait", "等待", { fields: [fieldOf("days", "whole", { label: "天", default: 0 })] }),
    kindOf("end", "结束", { outlets: [] }),
  ],
  choices: { member: [{ value: "3", label: "林晓雯" }] },
  templates: [
    {
      code: "care",
      name: "日常关怀",
      purpose: "service",
      channels: ["email"],
      subject: "近况",
      body: "{{客户名}}您好",
    },
  ],
};

/** A call, then a message that ends, refused or not. */
export const flow = (change: Partial<FlowSpec> = {}): FlowSpec => ({
  ...emptySpec(),
  start: "n1",
  nodes: [
    { id: "n1", kind: "work_item", params: { title: "电话回访" }, next: { done: "n2" }, at: null },
    { id: "n2", kind: "message", params: { template: "care" }, next: { done: "n3", refused: "n4" }, at: null },
    { id: "n3", kind: "end", params: {}, next: {}, at: null },
    { id: "n4", kind: "wait", params: { days: 2 }, next: { done: "n3" }, at: null },
  ],
  ...change,
});

const arm = { entered: 0, running: 0, reached: 0, over: 0 };

export const playbookOf = (change: Partial<Playbook> = {}): Playbook => ({
  id: 5,
  code: "p5",
  name: "高价值挽留",
  about: "",
  kind: "winback",
  enabled: true,
  paused_at: null,
  archived: false,
  live: {
    number: 2,
    status: "published",
    spec: JSON.parse(JSON.stringify(flow())),
    note: "",
    created_by: "林晓雯",
    created_at: "2011-09-01T02:00:00Z",
    published_at: "2011-09-01T02:00:00Z",
  },
  draft: null,
  treated: { ...arm, entered: 40, running: 12, reached: 9 },
  holdout: { ...arm, entered: 4, reached: 1 },
  updated_at: "2011-09-08T02:00:00Z",
  updated_by: "林晓雯",
  ...change,
});

export const readyOf = (change: Partial<Ready> = {}): Ready => ({
  code: "tier-high",
  group: "tier",
  kind: "winback",
  name: "高价值客户紧急挽留",
  about: "高层拜访",
  steps: ["人工任务", "发送消息"],
  asks: 0,
  taken: null,
  ...change,
});
