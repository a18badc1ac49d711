import { statusOf } from "../flow/draft";
import type { Playbook, Ready } from "../types";

/** Ready playbooks by group, in the order in which they come. */
export function grouped(ready: readonly Ready[]): { group: string; items: Ready[] }[] {
  const groups = [...new Set(ready.map(({ group }) => group))];
  return groups.map((group) => ({ group, items: ready.filter((one) => one.group === group) }));
}

export const TABS = ["mine", "ready", "archived"] as const;
export type Tab = (typeof TABS)[number];
export const tabOf = (text: string): Tab => TABS.find((tab) => tab === text) ?? "mine";

const ORDER = ["running", "paused", "trial", "draft", "off"];

/** What runs first, then what is being made, then what is off; by name within. */
export const sorted = (playbooks: readonly Playbook[]): Playbook[] =>
  [...playbooks].sort(
    (a, b) => ORDER.indexOf(statusOf(a)) - ORDER.indexOf(statusOf(b)) || a.name.localeCompare(b.name),
  );
