/** What the help explains, section by section; the texts are `help:<topic>.<section>` and `…Title`. */
export const TOPICS = {
  alert: ["direction", "levels", "reasons", "confidence", "verdict", "todo"],
  rule: ["parts", "unknown", "exclude", "effects", "status"],
  backtest: ["question", "figures", "interval", "leadDays", "history"],
} as const;
export const TERMS = [
  "alert",
  "stock",
  "repeat",
  "followUp",
  "result",
  "verdicts",
  "outcome",
  "lost",
  "retain",
  "spend",
  "loss",
  "points",
  "enabled",
  "machine",
  "sample",
  "asOf",
] as const;

export type Topic = keyof typeof TOPICS | "glossary";
export const TOPIC_KEYS: readonly Topic[] = ["alert", "rule", "backtest", "glossary"];
export const HELP_URL = { help: "" };

export function topicOf(text: string): Topic | null {
  return TOPIC_KEYS.find((topic) => topic === text) ?? null;
}

/** What a page is about, for the key `?`. */
export function topicAt(path: string): Topic {
  if (/\/(rules|segments|metrics|gallery)(\/|$)/.test(path)) return "rule";
  if (/\/(scoring|signals)(\/|$)/.test(path)) return "backtest";
  return "alert";
}

/** Whether a key press asks for help: `?` outside of fields, without modifiers that belong to the browser. */
export function asksForHelp(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target">): boolean {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  return !target.isContentEditable && !target.closest("input, textarea, select, [contenteditable=true]");
}
