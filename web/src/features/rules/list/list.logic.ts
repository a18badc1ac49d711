import { splitValues } from "@/shared/list/values";
import { type Status, statusOf } from "../draft.logic";
import type { RuleOut } from "../types";

/** Filters of the list, as in the address. */
export const RULES_URL = { q: "", status: "", enabled: "", pack: "", archived: "", sort: "", tab: "list" };
export type RulesUrl = typeof RULES_URL;
export const FILTERS = ["status", "enabled", "pack", "archived"] as const;
export const NO_FILTERS = { q: "", status: "", enabled: "", pack: "", archived: "" };

export const STATUSES: readonly Status[] = ["draft", "trial", "published"];
/** The pack of rules that people made themselves. */
export const OWN = "own";

export const TABS = ["list", "review"] as const;
export type Tab = (typeof TABS)[number];
export const tabOf = (text: string): Tab => TABS.find((tab) => tab === text) ?? "list";

/** Every word that is searched for stands in the name, the description or a sentence. */
function isFound(rule: RuleOut, q: string): boolean {
  const hay = [rule.name, rule.about, ...rule.sentences.map(({ text }) => text)].join("\n").toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

const among = (chosen: string, value: string) => chosen === "" || splitValues(chosen).includes(value);

export function filtered(rules: readonly RuleOut[], url: RulesUrl): RuleOut[] {
  return rules.filter(
    (rule) =>
      rule.archived === (url.archived === "yes") &&
      among(url.status, statusOf(rule)) &&
      among(url.enabled, rule.enabled ? "on" : "off") &&
      among(url.pack, rule.pack || OWN) &&
      isFound(rule, url.q),
  );
}

const SORTS: Record<string, (rule: RuleOut) => number | string | null> = {
  matched: ({ matched_now }) => matched_now,
  hits: ({ hits_30d }) => hits_30d,
  precision: ({ precision }) => precision?.value ?? null,
  updated: ({ updated_at }) => updated_at,
};

/** By a column, what is not known last in both directions; else in the server's order. */
export function sorted(rules: readonly RuleOut[], sort: string): RuleOut[] {
  const of = SORTS[sort.replace(/^-/, "")];
  if (!of) return [...rules];
  const sign = sort.startsWith("-") ? -1 : 1;
  return [...rules].sort((a, b) => {
    const [left, right] = [of(a), of(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return left < right ? -sign : left > right ? sign : 0;
  });
}

/** Packs that any rule came from. */
export const packsOf = (rules: readonly RuleOut[]): string[] =>
  [...new Set(rules.map(({ pack }) => pack).filter(Boolean))].sort();
