import type { Renewal } from "../renewals.logic";

/** A line of the ledger for tests. */
export function renewalOf(change: Partial<Renewal> = {}): Renewal {
  return {
    id: 1,
    contract: "年度供货框架合同",
    contract_key: "HT-2010-101",
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
    owner: { id: 1, name: "林晓雯", team: "华东组" },
    level: "medium",
    score: 81,
    ends_on: "2011-09-22",
    days_left: 12,
    amount: 18_200,
    status: "not_started",
    reason: "",
    next_step: "",
    next_step_on: null,
    forecast: 0.5,
    forecast_is_default: true,
    started_at: null,
    is_sample: true,
    ...change,
  };
}
