import type { Case, Cases } from "../cases.logic";

export function caseOf(change: Partial<Case> = {}): Case {
  return {
    id: 3,
    kind: "drop",
    status: "open",
    customer: { id: 7, key: "12346", name: "宁波瑞安贸易有限公司", name_is_sample: true },
    owner: { id: 1, name: "林晓雯", team: null },
    score: 62,
    level: "early",
    about: "SIG-06",
    text: "上周互动骤降90%(平时每周20次,现2次)",
    opened_at: "2011-09-08T23:00:00Z",
    seen_at: "2011-09-08T23:00:00Z",
    ended_at: null,
    later_until: null,
    note: "",
    decided_by: null,
    decided_at: null,
    ...change,
  };
}

export const sourceCase = caseOf({
  id: 4,
  kind: "source",
  customer: null,
  owner: null,
  score: null,
  level: null,
  about: "erp",
  text: "来源「erp」自2011-09-01起没有数据",
});

export function casesOf(items: Case[] = [caseOf(), sourceCase], change: Partial<Cases> = {}): Cases {
  const count = (kind: string) => items.filter((row) => row.kind === kind).length;
  const counts = {
    drop: count("drop"),
    source: count("source"),
    feature: count("feature"),
    contradiction: count("contradiction"),
    zombie: count("zombie"),
  };
  return { items, next_cursor: null, total: items.length, total_is_capped: false, counts, ...change };
}
