/** A rule as the editor holds it: the document's tree with an id per node, so that focus and faults follow a node that moves. */
export type Literal = string | number | boolean;

/** Another column as operand: `times × column + plus`, for moments `column + days`. */
export interface Other {
  column: string;
  times?: number;
  plus?: number;
  days?: number;
}

export type Value = Literal | readonly Literal[] | Other | null;
export type Join = "all" | "any";

export interface Group {
  id: string;
  kind: "group";
  join: Join;
  parts: readonly Node[];
}

/** `column` or `op` empty, or `value` null where one is needed: not complete yet. */
export interface Condition {
  id: string;
  kind: "condition";
  column: string;
  op: string;
  value: Value;
}

/** `first` and then, within so many days, `second` (the document's `then`) happens or does not, seen in the last so many days. */
export interface Follow {
  id: string;
  kind: "follow";
  first: readonly string[];
  second: readonly string[];
  within_days: number | null;
  happens: boolean;
  last_days: number | null;
}

/** Weekly counts that first rise and then drop, by shares 0–1. */
export interface Swing {
  id: string;
  kind: "swing";
  kinds: readonly string[];
  weeks: number | null;
  rise: number | null;
  drop: number | null;
}

export type Leaf = Condition | Follow | Swing;
export type Node = Group | Leaf;

export interface RuleTree {
  when: Group;
  exclude: Group | null;
}

/** The document as the server stores it. */
export type Plain = Record<string, unknown>;

let made = 0;

/** Unique within the page; never stored. */
export function newId(): string {
  made += 1;
  return `n${made}`;
}

export const emptyGroup = (join: Join = "all", parts: readonly Node[] = []): Group => ({
  id: newId(),
  kind: "group",
  join,
  parts,
});

export const emptyCondition = (): Condition => ({ id: newId(), kind: "condition", column: "", op: "", value: null });

export const emptyFollow = (): Follow => ({
  id: newId(),
  kind: "follow",
  first: [],
  second: [],
  within_days: 14,
  happens: false,
  last_days: 90,
});

export const emptySwing = (): Swing => ({ id: newId(), kind: "swing", kinds: [], weeks: 13, rise: 0.5, drop: 0.5 });

export const emptyTree = (): RuleTree => ({ when: emptyGroup("all", [emptyCondition()]), exclude: null });

export const isOther = (value: Value): value is Other =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: Value): value is readonly Literal[] => Array.isArray(value);
