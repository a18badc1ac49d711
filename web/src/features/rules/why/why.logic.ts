import type { Schemas } from "@/shared/api/client";

export type Why = Schemas["WhyOut"];
export type WhyNode = Schemas["WhyNode"];
export type WhyShort = Schemas["WhyShortOut"];
export type Verdict = Why["verdict"];

const RULE = "rule:";
/** In the place of a signal: all rules about this customer. */
export const ALL_RULES = "rules";
export const whySignal = (ruleId: number) => `${RULE}${ruleId}`;

/** The rule behind a reason's signal (`rule:12`), if it is one. */
export function ruleOfSignal(signal: string): number | null {
  const id = /^rule:(\d+)$/.exec(signal)?.[1];
  return id === undefined ? null : Number(id);
}

export const isAboutRules = (signal: string) => signal === ALL_RULES || ruleOfSignal(signal) !== null;

const ORDER: readonly Verdict[] = ["matched", "excluded", "unknown", "not_matched"];

/** What fired first, then what nearly did, then the rest by name. */
export function byVerdict(rules: readonly WhyShort[]): WhyShort[] {
  return [...rules].sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || a.name.localeCompare(b.name, "zh-CN"),
  );
}

/** How many single conditions of a tree hold, fail or have no data. */
export function tally(node: WhyNode): Record<WhyNode["result"], number> {
  if (node.parts.length === 0) return { true: 0, false: 0, unknown: 0, [node.result]: 1 };
  const parts = node.parts.map(tally);
  const sum = (result: WhyNode["result"]) => parts.reduce((total, part) => total + part[result], 0);
  return { true: sum("true"), false: sum("false"), unknown: sum("unknown") };
}
