import type { Schemas } from "@/shared/api/client";
import type { ItemSheet, Step } from "../useItemSheet";

/** A step of a checklist for tests. */
export function stepOf(change: Partial<Step> = {}): Step {
  return {
    id: 1,
    plan_id: 5,
    text: "电话回访",
    owner: { id: 1, name: "林晓雯", team: "华东组" },
    owner_id: null,
    due_at: "2011-09-12T17:00:00Z",
    is_overdue: false,
    effect: "",
    effect_amount: null,
    remind_hours: 24,
    done_at: null,
    done_by: null,
    ...change,
  };
}

export function visitOf(change: Partial<Schemas["VisitOut"]> = {}): Schemas["VisitOut"] {
  return {
    id: 4,
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: false },
    work_item_id: 1,
    at: "2011-09-08T08:00:00Z",
    by: { id: 1, name: "林晓雯", team: "华东组" },
    text: "见到采购",
    place: "客户办公室",
    spot: null,
    photos: [{ id: 9, width: 800, height: 600 }],
    photo_count: 1,
    is_mine: true,
    ...change,
  };
}

/** The page of a task for tests. */
export function sheetOf(change: Partial<ItemSheet> = {}): ItemSheet {
  return {
    level: "high",
    tier: "high",
    cause: "price",
    plans: [{ id: 5, code: "cause-price", name: "价格原因", applied_by: null, applied_at: "2011-09-08T08:00:00Z" }],
    steps: [stepOf(), stepOf({ id: 2, text: "给出优惠", effect: "解除异议", effect_amount: 500 })],
    proposed: [{ code: "level-high", name: "高危预警", about: "主管介入", steps: 4 }],
    packs: [
      {
        code: "offer",
        name: "优惠沟通",
        about: "",
        causes: [],
        levels: [],
        scripts: [{ title: "问清原因", text: "王总您好" }],
        shipped: true,
        is_changed: false,
        files: [{ id: 3, name: "报价.pdf", size: 10 }],
      },
    ],
    opportunities: [],
    visits: [visitOf()],
    comments: [
      {
        id: 6,
        at: "2011-09-08T08:00:00Z",
        by: { id: 1, name: "林晓雯", team: null },
        text: "客户在比价",
        mentions: [],
        is_mine: true,
      },
    ],
    people: [{ id: 2, name: "陈嘉豪", team: "英国组" }],
    ...change,
  };
}
