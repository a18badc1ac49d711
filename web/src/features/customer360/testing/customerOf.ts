import type { Schemas } from "@/shared/api/client";

export function scoreOf(change: Partial<Schemas["ScoreOut"]> = {}): Schemas["ScoreOut"] {
  return {
    score: 92,
    level: "high",
    base: 28,
    reasons: [
      {
        signal: "order_drop",
        family: "consumption",
        points: 41,
        text: "近30天下单金额下降62%",
        has_evidence: true,
        parts: [],
      },
      { signal: "silence", family: "interaction", points: 23, text: "已84天没有互动", has_evidence: true, parts: [] },
    ],
    confidence: 0.8,
    confidence_why: [],
    override: null,
    confidence_text: "数据充足",
    as_of: "2011-09-09T23:00:00Z",
    version: 1,
    not_computable: ["关键功能使用下降:没有功能使用数据"],
    ...change,
  };
}

/** A customer's page for tests. */
export function customerOf(change: Partial<Schemas["CustomerOut"]> = {}): Schemas["CustomerOut"] {
  return {
    id: 7,
    key: "12346",
    name: "宁波瑞安贸易有限公司",
    name_is_sample: true,
    owner: { id: 1, name: "林晓雯", team: "英国组" },
    status: "active",
    tier: "high",
    segment: "英国",
    attributes: { 国家: "United Kingdom" },
    sample_fields: ["name"],
    registered_at: "2009-12-01T00:00:00Z",
    annual_value: 12_400,
    expected_loss: 11_408,
    last_order_at: "2011-08-01T10:00:00Z",
    last_activity_at: "2011-08-03T10:00:00Z",
    contract_ends_on: "2011-09-22",
    score: scoreOf(),
    delta_7d: 6,
    delta_30d: 12,
    open_alert_id: 3,
    open_work_item_id: 11,
    contacts: [
      {
        id: 1,
        name: "Leo Hill",
        title: "采购经理",
        phone: "+44 77** ***12",
        email: "l***@x.example",
        is_key: true,
        is_sample: true,
      },
    ],
    contracts: [
      {
        id: 1,
        key: "CT-1",
        name: "年度供货协议",
        starts_on: null,
        ends_on: "2011-09-22",
        amount: 18_200,
        renewal_id: 4,
        is_sample: true,
      },
    ],
    opportunities: [
      {
        id: 1,
        name: "圣诞备货",
        stage: "方案",
        stage_set_at: null,
        amount: 5200,
        close_on: "2011-10-20",
        is_sample: true,
      },
    ],
    tags: [],
    sources: [{ source: "online_retail_ii", newest_at: "2011-09-09T15:00:00Z" }],
    suggestion: "先打电话问清补货计划",
    ...change,
  };
}

export function outcomeOf(change: Partial<Schemas["OutcomeOut"]> = {}): Schemas["OutcomeOut"] {
  return {
    id: 21,
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
    kind: "churned",
    occurred_on: "2011-09-01",
    cause: "price",
    competitor: "某同行",
    note: "",
    by: { id: 1, name: "林晓雯", team: null },
    at: "2011-09-09T22:00:00Z",
    reverted_at: null,
    ...change,
  };
}
