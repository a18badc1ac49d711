import type { CustomerRow } from "../customers.logic";

/** A line of the customer list for tests. */
export function customerRowOf(change: Partial<CustomerRow> = {}): CustomerRow {
  return {
    id: 7,
    key: "12346",
    name: "宁波瑞安贸易有限公司",
    name_is_sample: true,
    owner: { id: 1, name: "林晓雯", team: "英国组" },
    status: "active",
    tier: "high",
    segment: "英国",
    level: "high",
    score: 92,
    delta_7d: 6,
    delta_30d: 12,
    history: [60, 70, 92],
    top_reason: "近30天下单金额下降62%",
    main_family: "consumption",
    confidence: 0.8,
    annual_value: 12_400,
    expected_loss: 11_408,
    last_order_at: "2011-08-01T10:00:00Z",
    last_activity_at: "2011-08-03T10:00:00Z",
    contract_ends_on: "2011-09-22",
    open_alert_id: 3,
    is_adjusted: false,
    tags: [],
    ...change,
  };
}
