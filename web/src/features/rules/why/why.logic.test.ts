import { describe, expect, it } from "vitest";
import { byVerdict, isAboutRules, ruleOfSignal, tally, type Verdict, type WhyNode, whySignal } from "./why.logic";

const node = (change: Partial<WhyNode>): WhyNode => ({
  kind: "condition",
  text: "",
  result: "true",
  value_text: "",
  seen_at: null,
  evidence: [],
  parts: [],
  ...change,
});

describe("BEY-07 why and why not", () => {
  it("knows a reason that is a rule's from one of a signal", () => {
    expect(ruleOfSignal(whySignal(12))).toBe(12);
    expect(ruleOfSignal("SIG-20")).toBeNull();
    expect(ruleOfSignal("rule:")).toBeNull();
    expect(isAboutRules("rules")).toBe(true);
    expect(isAboutRules("silence")).toBe(false);
  });
  it("lists what fired first, then what nearly did", () => {
    const rule = (rule_id: number, verdict: Verdict) => ({ rule_id, name: `r${rule_id}`, verdict, text: "" });
    const sorted = byVerdict([rule(1, "not_matched"), rule(2, "unknown"), rule(3, "matched"), rule(4, "excluded")]);
    expect(sorted.map(({ rule_id }) => rule_id)).toEqual([3, 4, 2, 1]);
  });
  it("counts single conditions, not groups", () => {
    const tree = node({
      kind: "all",
      result: "unknown",
      parts: [
        node({}),
        node({ kind: "any", result: "unknown", parts: [node({ result: "false" }), node({ result: "unknown" })] }),
      ],
    });
    expect(tally(tree)).toEqual({ true: 1, false: 1, unknown: 1 });
  });
});
