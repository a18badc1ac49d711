import { readTree, writeTree } from "./tree/plain";
import { emptyTree } from "./tree/syntax";
import type { Effects, RuleDraft, RuleOut, VersionOut } from "./types";

export const NO_EFFECTS: Effects = {
  level: "none",
  work_item: false,
  title: "",
  notify: false,
  points: 0,
  ticket: "",
  ticket_team: null,
};

/** What a new rule starts with: an alert of the middle level and a task, since a rule that does nothing is not why one builds it. */
const FIRST_EFFECTS: Effects = { ...NO_EFFECTS, level: "medium", work_item: true };

export const emptyDraft = (): RuleDraft => ({ name: "", about: "", tree: emptyTree(), effects: FIRST_EFFECTS });

/** The version that is edited: the draft or trial, else what is live. */
export const edited = ({ draft, live }: RuleOut): VersionOut | null => draft ?? live;

export function draftOf(rule: RuleOut): RuleDraft {
  const version = edited(rule);
  return {
    name: rule.name,
    about: rule.about,
    tree: readTree(version?.rule),
    effects: { ...NO_EFFECTS, ...version?.effects },
  };
}

/** The body of a save. */
export function writeDraft({ name, about, tree, effects }: RuleDraft) {
  return { name: name.trim(), about: about.trim(), rule: writeTree(tree), effects };
}

export const sameDraft = (a: RuleDraft, b: RuleDraft): boolean =>
  a === b || JSON.stringify(writeDraft(a)) === JSON.stringify(writeDraft(b));

/** Unsaved changes, kept in this browser until the server has them. */
export interface Kept {
  at: string;
  body: ReturnType<typeof writeDraft>;
}

export const keptKey = (slug: string, ruleId: number | null) => `liuke.rule.${slug}.${ruleId ?? "new"}`;

export function readKept(text: string | null): Kept | null {
  if (!text) return null;
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null || !("body" in value) || !("at" in value)) return false;
  const { body } = value;
  return typeof body === "object" && body !== null && "rule" in body && "name" in body && "effects" in body;
}

export const draftOfKept = ({ body }: Kept): RuleDraft => ({
  name: body.name,
  about: body.about,
  tree: readTree(body.rule),
  effects: { ...NO_EFFECTS, ...body.effects },
});

export type Status = "draft" | "trial" | "published";

/** 草稿 / 试运行 / 已发布, apart from 启用/停用. What is live decides; a draft beside it is told separately. */
export function statusOf({ live, draft }: Pick<RuleOut, "live" | "draft">): Status {
  if (live) return "published";
  return draft?.status === "trial" ? "trial" : "draft";
}
