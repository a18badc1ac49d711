import type { CatalogueOut, CountOut, RuleOut, VersionOut } from "../types";

const column = (change: Partial<CatalogueOut["columns"][number]>): CatalogueOut["columns"][number] => ({
  name: "order_amount_90",
  label: "近90天下单金额",
  type: "number",
  stratum: 1,
  unit: "money",
  group: "下单",
  choices: [],
  has_history: true,
  ...change,
});

export const catalogue: CatalogueOut = {
  columns: [
    column({}),
    column({ name: "order_amount_prior_90", label: "前90天下单金额" }),
    column({ name: "order_drop", label: "下单降幅", unit: "share" }),
    column({ name: "last_order_at", label: "最近下单", type: "moment", unit: "" }),
    column({ name: "contract.ends_on", label: "合同到期", type: "moment", unit: "", group: "合同" }),
    column({
      name: "tier",
      label: "客户价值",
      type: "text",
      stratum: 2,
      unit: "",
      group: "客户",
      choices: [
        { value: "high", label: "高价值" },
        { value: "mid", label: "中价值" },
      ],
    }),
    column({ name: "attr.city", label: "城市", type: "text", unit: "", group: "客户", has_history: false }),
    column({
      name: "tags",
      label: "标签",
      type: "tags",
      stratum: 2,
      unit: "",
      group: "客户",
      choices: [{ value: "legal", label: "法务纠纷" }],
    }),
    column({ name: "signal.SIG-20", label: "下单金额下降", type: "flag", stratum: 3, unit: "", group: "信号" }),
    column({ name: "score", label: "风险分", stratum: 4, unit: "points", group: "评分" }),
  ],
  ops: {
    number: [
      { op: "lt", label: "小于", operand: "number" },
      { op: "ge", label: "不低于", operand: "number" },
      { op: "between", label: "介于", operand: "range" },
      { op: "missing", label: "没有值", operand: "none" },
    ],
    text: [
      { op: "eq", label: "是", operand: "text" },
      { op: "in", label: "属于", operand: "list" },
    ],
    flag: [
      { op: "is_true", label: "成立", operand: "none" },
      { op: "is_false", label: "不成立", operand: "none" },
    ],
    moment: [
      { op: "before", label: "早于", operand: "moment" },
      { op: "within_last", label: "在最近", operand: "days" },
    ],
    tags: [
      { op: "has", label: "含有", operand: "text" },
      { op: "has_any", label: "含有任一", operand: "list" },
    ],
  },
  kinds: [
    { kind: "quote.requested", label: "询价" },
    { kind: "order.placed", label: "下单" },
  ],
};

export const ruleDocument = {
  when: {
    all: [
      { column: "tier", op: "in", value: ["high"] },
      { any: [{ column: "order_amount_90", op: "lt", value: 500 }] },
    ],
  },
  exclude: { all: [{ column: "tags", op: "has", value: "legal" }] },
};

export const sentences = [
  { depth: 0, text: "同时满足以下全部", place: "when" },
  { depth: 1, text: "客户价值是「高价值」之一", place: "when.all.0" },
  { depth: 1, text: "近90天下单金额小于 £500", place: "when.all.1" },
];

export function versionOf(change: Partial<VersionOut> = {}): VersionOut {
  return {
    version: 1,
    status: "published",
    rule: ruleDocument,
    effects: { level: "medium", work_item: true, title: "", notify: false, points: 0, ticket: "", ticket_team: null },
    note: "",
    created_by: "林晓雯",
    created_at: "2011-09-01T02:00:00Z",
    published_at: change.status === "draft" ? null : "2011-09-01T03:00:00Z",
    sentences,
    ...change,
  };
}

export function ruleOf(change: Partial<RuleOut> = {}): RuleOut {
  return {
    id: 7,
    name: "重点客户下单骤降",
    about: "先打电话",
    pack: "",
    enabled: true,
    archived: false,
    live: versionOf(),
    draft: null,
    matched_now: 12,
    hits_30d: 3,
    precision: { value: 0.41, low: 0.3, high: 0.53, n: 64 },
    updated_at: "2011-09-08T02:00:00Z",
    updated_by: "林晓雯",
    sentences,
    faults: [],
    ...change,
  };
}

export function countOf(change: Partial<CountOut> = {}): CountOut {
  return {
    matched: 27,
    total: 2850,
    excluded: 3,
    sample: [{ customer_id: 101, key: "C-1", name: "Rosewood Acre Market", owner: null, score: 91, level: "high" }],
    sentences,
    json_logic: { "<": [{ var: "order_amount_90" }, 500] },
    as_of: "2011-09-09T22:00:00Z",
    ...change,
  };
}
