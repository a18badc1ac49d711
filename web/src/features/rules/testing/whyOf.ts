import type { Schemas } from "@/shared/api/client";

type Node = Schemas["WhyNode"];

export function nodeOf(change: Partial<Node> = {}): Node {
  return {
    kind: "condition",
    text: "近90天下单金额小于 £500",
    result: "false",
    value_text: "£1,204",
    seen_at: "2011-09-08T10:00:00Z",
    evidence: [],
    parts: [],
    ...change,
  };
}

export function whyOf(change: Partial<Schemas["WhyOut"]> = {}): Schemas["WhyOut"] {
  return {
    customer: { id: 101, key: "C-1", name: "Rosewood Acre Market", name_is_sample: true },
    verdict: "not_matched",
    tree: nodeOf({ kind: "all", text: "同时满足以下全部", value_text: "", seen_at: null, parts: [nodeOf()] }),
    exclude: null,
    alert: { raised: false, steps: [{ key: "matched", ok: false, text: "规则没有命中" }] },
    as_of: "2011-09-09T22:00:00Z",
    ...change,
  };
}
