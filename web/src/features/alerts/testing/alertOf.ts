import type { Schemas } from "@/shared/api/client";
import type { AlertCounts, AlertRow } from "../alerts.logic";

/** A line of the alert list for tests. */
export function alertRowOf(change: Partial<AlertRow> = {}): AlertRow {
  return {
    id: 3,
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
    tier: "high",
    segment: "英国",
    owner: { id: 1, name: "林晓雯", team: "英国组" },
    status: "open",
    origin: "live",
    level: "high",
    score: 92,
    delta_7d: 6,
    history: [60, 70, 92],
    top_reason: "近30天下单金额下降62%",
    main_family: "consumption",
    annual_value: 12_400,
    expected_loss: 11_408,
    opened_at: "2011-09-08T08:00:00Z",
    due_at: "2011-09-10T04:00:00Z",
    is_overdue: false,
    pushed_at: null,
    snoozed_until: null,
    closed_at: null,
    close_reason: "",
    work_item_id: 11,
    work_status: "todo",
    verdict: null,
    escalation_step: 0,
    stands_in: false,
    is_adjusted: false,
    ...change,
  };
}

export function alertOf(change: Partial<Schemas["AlertOut"]> = {}): Schemas["AlertOut"] {
  return {
    ...alertRowOf(),
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
    verdict_detail: null,
    follow_ups: [],
    suggestion: "先打电话问清最近的补货计划",
    phone: "+44 7700 900912",
    similar: "近90天该信号 12 条,有效 8 条",
    ...change,
  };
}

export function countsOf(change: Partial<AlertCounts> = {}): AlertCounts {
  return {
    mine: 4,
    team: 9,
    all: 20,
    overdue: 2,
    escalated: 1,
    high: 5,
    stock: 7,
    snoozed: 1,
    unassigned: 3,
    closed_7d: 6,
    ...change,
  };
}

export function verdictOf(change: Partial<Schemas["VerdictOut"]> = {}): Schemas["VerdictOut"] {
  return {
    id: 1,
    verdict: "false_alarm",
    reason: "seasonal",
    until: null,
    note: "",
    by: { id: 1, name: "林晓雯", team: null },
    at: "2011-09-09T22:00:00Z",
    ...change,
  };
}
