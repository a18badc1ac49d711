import { flat } from "./edit";
import { type ColumnType, isFilled, operandOf } from "./operands";
import type { Condition, Follow, Group, Node, RuleTree, Swing } from "./syntax";

/** What is missing at a node; the key of a text in `rules:missing`. */
export type Missing = "column" | "op" | "value" | "parts" | "first" | "second" | "kinds" | "number";

const known = (value: number | null) => value !== null;

function ofCondition({ column, op, value }: Condition, typeOf: (column: string) => ColumnType | undefined) {
  const type = typeOf(column);
  if (!column || !type) return "column";
  if (!op) return "op";
  return isFilled(value, operandOf(type, op)) ? null : "value";
}

function ofFollow({ first, second, within_days, last_days }: Follow): Missing | null {
  if (!first.length) return "first";
  if (!second.length) return "second";
  return known(within_days) && known(last_days) ? null : "number";
}

function ofSwing({ kinds, weeks, rise, drop }: Swing): Missing | null {
  if (!kinds.length) return "kinds";
  return [weeks, rise, drop].every(known) ? null : "number";
}

function missingAt(node: Node, typeOf: (column: string) => ColumnType | undefined): Missing | null {
  if (node.kind === "condition") return ofCondition(node, typeOf);
  if (node.kind === "follow") return ofFollow(node);
  if (node.kind === "swing") return ofSwing(node);
  return node.parts.length ? null : "parts";
}

/** Nodes that cannot be asked about yet, by id. The exclusion block itself may be empty: it is then none. */
export function missingOf(
  { when, exclude }: RuleTree,
  typeOf: (column: string) => ColumnType | undefined,
): Map<string, Missing> {
  const roots: Group[] = exclude ? [when, exclude] : [when];
  const found = new Map<string, Missing>();
  for (const node of roots.flatMap(flat)) {
    const missing = missingAt(node, typeOf);
    if (missing && node.id !== exclude?.id) found.set(node.id, missing);
  }
  return found;
}
