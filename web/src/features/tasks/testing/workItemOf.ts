import type { WorkItem } from "../tasks.logic";

/** A work item for tests. */
export function workItemOf(change: Partial<WorkItem> = {}): WorkItem {
  return {
    id: 1,
    kind: "winback",
    title: "电话回访",
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
    level: "high",
    score: 92,
    annual_value: 12_400,
    reason: "近30天下单金额下降62%",
    owner: { id: 1, name: "林晓雯", team: "华东组" },
    status: "todo",
    seq: 0,
    due_at: "2011-09-10T16:00:00Z",
    is_overdue: false,
    note: "",
    alert_id: 3,
    renewal_id: null,
    created_at: "2011-09-08T08:00:00Z",
    finished_at: null,
    follow_ups: [],
    escalation_step: 0,
    stands_in: false,
    ...change,
  };
}
