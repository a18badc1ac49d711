import type { Schemas } from "@/shared/api/client";

export type Why = "outside" | "blocked" | "unknown";
export type Chat = "opening" | "opened" | "missing" | "failed";

/** The 话术 to copy: the first script of the task's packs, else the suggestion. */
export function wordsFor(packs: readonly Schemas["ContentPackOut"][] | undefined, suggestion: string): string {
  const scripts = (packs ?? []).flatMap((pack) => pack.scripts ?? []);
  return scripts[0]?.text ?? suggestion;
}

/** The few reasons that a narrow page has room for; those that raise the risk come first. */
export function topReasons(reasons: readonly Schemas["ReasonOut"][], most = 3): Schemas["ReasonOut"][] {
  return [...reasons].sort((a, b) => b.points - a.points).slice(0, most);
}

/** Which customer the address names; null for none or for nonsense. */
export function customerOf(text: string): number | null {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** The policy belongs to the page that the browser has loaded: log-in by password comes here without loading this one. */
export const landedOn = (loaded: string | undefined, path: string) =>
  loaded === undefined || new URL(loaded).pathname === path;
