import type { Schemas } from "@/shared/api/client";

/** A ticket for tests. */
export function ticketOf(change: Partial<Schemas["TicketOut"]> = {}): Schemas["TicketOut"] {
  return {
    id: 3,
    topic: "quality",
    title: "灯珠发黄",
    status: "open",
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: false },
    customer_is_visible: true,
    team: { id: 4, name: "质检" },
    owner: null,
    due_at: "2011-09-12T08:00:00Z",
    is_overdue: false,
    raised_by: { id: 1, name: "林晓雯", team: null },
    raised_at: "2011-09-09T08:00:00Z",
    changed_at: "2011-09-09T08:00:00Z",
    work_item_id: 1,
    alert_id: null,
    moves: ["accept", "return"],
    text: "三批都有",
    history: [{ at: "2011-09-09T08:00:00Z", by: null, status: "open", note: "" }],
    ...change,
  };
}
