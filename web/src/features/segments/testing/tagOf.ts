import type { Schemas } from "@/shared/api/client";
import { customerRowOf } from "../../customers/testing/customerRowOf";
import type { Tag } from "../segments.logic";

const point = (at: string, members: number, entered: number, left: number) => ({ at, members, entered, left });

export function tagOf(change: Partial<Tag> = {}): Tag {
  return {
    id: 4,
    code: "t1",
    name: "大客户",
    about: "年消费一千以上",
    colour: "gold",
    kind: "behaviour",
    rule: { when: { all: [{ column: "order_amount_90", op: "ge", value: 1000 }] }, exclude: null },
    sentences: [{ depth: 0, text: "近90天下单金额不低于 £1,000", place: "when.all.0" }],
    faults: [],
    weight: 5,
    built_in: false,
    enabled: true,
    archived: false,
    members: 27,
    by_hand: 1,
    trend: [point("2011-09-01T23:00:00Z", 25, 0, 0), point("2011-09-08T23:00:00Z", 27, 3, 1)],
    recorded_as_of: "2011-09-08T23:00:00Z",
    updated_at: "2011-09-08T10:00:00Z",
    updated_by: "林晓雯",
    ...change,
  };
}

export function memberOf(change: Partial<Schemas["TagMember"]> = {}): Schemas["TagMember"] {
  return { customer: customerRowOf(), since: "2011-09-01T23:00:00Z", by_hand: false, set_by: null, ...change };
}

export function stayOf(change: Partial<Schemas["TagStay"]> = {}): Schemas["TagStay"] {
  return {
    id: 1,
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
    since: "2011-09-01T23:00:00Z",
    until: null,
    changed_at: "2011-09-01T23:00:00Z",
    by_hand: false,
    set_by: null,
    ...change,
  };
}
