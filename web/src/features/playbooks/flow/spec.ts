/** A flow as the builder holds it: the server's document, read with care. */
export type Plain = Record<string, unknown>;

export interface Spot {
  x: number;
  y: number;
}

export interface FlowNode {
  id: string;
  kind: string;
  params: Plain;
  /** From each outlet to a node's id. */
  next: Readonly<Record<string, string>>;
  at: Spot | null;
}

export type Reentry = { mode: "never" | "after" | "always"; days: number };
export type Goal = {
  kind: "order" | "reply" | "renewed" | "score_below" | "activity";
  value: unknown;
  within_days: number;
};

export interface FlowSpec {
  trigger: Plain & { kind: string };
  audience: { when: Plain | null; exclude: Plain | null };
  reentry: Reentry;
  holdout: { share: number; why_none: string };
  goal: Goal | null;
  exits: readonly string[];
  budget: { per_head: number | null; total: number | null };
  start: string;
  nodes: readonly FlowNode[];
}

export const EXITS = ["goal", "lost", "opted_out", "alert_closed", "segment_left"] as const;
export const GOALS = ["order", "reply", "renewed", "score_below", "activity"] as const;
export const REENTRIES = ["never", "after", "always"] as const;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const plainOf = (value: unknown): Plain => (isPlain(value) ? value : {});
const textOf = (value: unknown, other = "") => (typeof value === "string" ? value : other);
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);
const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((one) => one === value);

/** What a new flow starts with: an alert, a hold-out of a tenth, an order as its goal, and nothing to do yet. */
export const emptySpec = (): FlowSpec => ({
  trigger: { kind: "alert", levels: ["medium", "high"] },
  audience: { when: null, exclude: null },
  reentry: { mode: "after", days: 90 },
  holdout: { share: 0.1, why_none: "" },
  goal: { kind: "order", value: null, within_days: 30 },
  exits: ["goal", "lost", "opted_out"],
  budget: { per_head: null, total: null },
  start: "",
  nodes: [],
});

export function readSpec(plain: unknown): FlowSpec {
  const given = plainOf(plain);
  const [audience, reentry, holdout, budget] = ["audience", "reentry", "holdout", "budget"].map((part) =>
    plainOf(given[part]),
  ) as [Plain, Plain, Plain, Plain];
  const trigger = plainOf(given.trigger);
  return {
    trigger: { ...trigger, kind: textOf(trigger.kind, "manual") },
    audience: { when: ruleOf(audience.when), exclude: ruleOf(audience.exclude) },
    reentry: { mode: oneOf(REENTRIES, reentry.mode) ?? "never", days: numberOf(reentry.days) ?? 90 },
    holdout: { share: numberOf(holdout.share) ?? 0.1, why_none: textOf(holdout.why_none) },
    goal: readGoal(given.goal),
    exits: Array.isArray(given.exits) ? given.exits.filter((one): one is string => typeof one === "string") : [],
    budget: { per_head: numberOf(budget.per_head), total: numberOf(budget.total) },
    start: textOf(given.start),
    nodes: Array.isArray(given.nodes) ? given.nodes.filter(isPlain).map(readNode) : [],
  };
}

const ruleOf = (value: unknown) => (isPlain(value) ? value : null);

function readGoal(value: unknown): Goal | null {
  if (!isPlain(value)) return null;
  const kind = oneOf(GOALS, value.kind);
  return kind ? { kind, value: value.value ?? null, within_days: numberOf(value.within_days) ?? 30 } : null;
}

function readNode(plain: Plain): FlowNode {
  const ways = Object.entries(plainOf(plain.next)).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  const at = plainOf(plain.at);
  const [x, y] = [numberOf(at.x), numberOf(at.y)];
  return {
    id: textOf(plain.id),
    kind: textOf(plain.kind),
    params: plainOf(plain.params),
    next: Object.fromEntries(ways),
    at: x === null || y === null ? null : { x, y },
  };
}

/** The document as the server stores it: what says nothing is left out. */
export function writeSpec(spec: FlowSpec): Plain {
  const { reentry, goal, budget, holdout, nodes } = spec;
  const limited = budget.per_head !== null || budget.total !== null;
  return {
    trigger: spec.trigger,
    audience: spec.audience,
    reentry: reentry.mode === "after" ? reentry : { mode: reentry.mode },
    holdout: holdout.share > 0 ? { share: holdout.share } : holdout,
    goal: goal && { kind: goal.kind, within_days: goal.within_days, ...(goal.value !== null && { value: goal.value }) },
    exits: spec.exits,
    budget: limited ? budget : null,
    start: spec.start,
    nodes: nodes.map(({ at, ...node }) => (at ? { ...node, at } : node)),
  };
}

export const nodeOf = (spec: FlowSpec, id: string) => spec.nodes.find((node) => node.id === id);
