import { type Condition, isList, isOther, type Other, type Value } from "./syntax";

export type ColumnType = "number" | "text" | "flag" | "moment" | "tags";

/** What stands on the right of an operator. */
export type Operand = "none" | "number" | "range" | "text" | "list" | "days" | "moment";

const NONE: Record<string, Operand> = { missing: "none", present: "none", is_true: "none", is_false: "none" };
const DAYS: Record<string, Operand> = { within_last: "days", within_next: "days", older_than: "days" };
const LISTS: Record<string, Operand> = { in: "list", not_in: "list", has_any: "list", between: "range" };
const BY_NAME: Record<string, Operand> = { ...NONE, ...DAYS, ...LISTS, before: "moment", after: "moment" };

/** As `liuke.rules.operators` has it. */
export function operandOf(type: ColumnType, op: string): Operand {
  return BY_NAME[op] ?? (type === "number" ? "number" : "text");
}

const FIRST_OP: Record<ColumnType, string> = {
  number: "ge",
  text: "in",
  flag: "is_true",
  moment: "within_last",
  tags: "has",
};

/** The value that an operand starts with; null where the user has to say. */
export function startValue(operand: Operand): Value {
  if (operand === "days") return 30;
  return operand === "list" || operand === "range" ? [] : null;
}

const fits: Record<Operand, (value: Value) => boolean> = {
  none: (value) => value === null,
  number: (value) => typeof value === "number" || isOther(value),
  range: (value) => isList(value) && value.every((item) => typeof item === "number"),
  text: (value) => typeof value === "string",
  list: (value) => isList(value) && value.every((item) => typeof item === "string"),
  days: (value) => typeof value === "number",
  moment: (value) => typeof value === "string" || isOther(value),
};

/** Keeps the value where it still means the same, turns one text into a list of one and back, else starts anew. */
function carried(value: Value, operand: Operand): Value {
  if (operand === "list" && typeof value === "string") return [value];
  if (operand === "text" && isList(value) && value.length === 1) return value[0] ?? null;
  return value !== null && fits[operand](value) ? value : startValue(operand);
}

export function withOp(condition: Condition, type: ColumnType, op: string): Condition {
  return { ...condition, op, value: carried(condition.value, operandOf(type, op)) };
}

/** Another column: the operator stays if the type has it, the value only if the type is the same. */
export function withColumn(
  condition: Condition,
  column: { name: string; type: ColumnType },
  before: ColumnType | undefined,
  ops: readonly string[],
): Condition {
  const op = before === column.type && ops.includes(condition.op) ? condition.op : FIRST_OP[column.type];
  const kept = before === column.type && column.type === "number" && !isOther(condition.value);
  const next = { ...condition, column: column.name, value: kept ? condition.value : null };
  return withOp(next, column.type, ops.includes(op) ? op : (ops[0] ?? op));
}

/** Comparing with another column: same value, or a share of it, or shifted. */
export const otherOf = (column = ""): Other => ({ column });

/** Whether the value says all that its operand needs. */
export function isFilled(value: Value, operand: Operand): boolean {
  if (operand === "none") return true;
  if (value === null || value === "") return false;
  if (isOther(value)) return value.column !== "";
  if (operand === "range") return isList(value) && value.length === 2;
  return !isList(value) || value.length > 0;
}
