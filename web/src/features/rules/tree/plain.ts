import type { Join, Literal, Node, Other, Plain, RuleTree, Swing, Value } from "./syntax";
import { type Condition, emptyCondition, emptyGroup, type Follow, type Group, newId } from "./syntax";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isLiteral = (value: unknown): value is Literal => ["string", "number", "boolean"].includes(typeof value);
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const textsOf = (value: unknown) =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

/** A stored document as a tree. What is not understood becomes an empty condition, which cannot be saved unseen. */
export function readTree(plain: unknown): RuleTree {
  const { when, exclude } = isObject(plain) ? plain : {};
  return { when: readRoot(when), exclude: isObject(exclude) ? readRoot(exclude) : null };
}

function readRoot(plain: unknown): Group {
  const node = readNode(plain);
  return node.kind === "group" ? node : emptyGroup("all", isObject(plain) ? [node] : []);
}

function readNode(plain: unknown): Node {
  if (!isObject(plain)) return emptyCondition();
  if (Array.isArray(plain.all)) return readGroup("all", plain.all);
  if (Array.isArray(plain.any)) return readGroup("any", plain.any);
  if (isObject(plain.follow)) return readFollow(plain.follow);
  if (isObject(plain.swing)) return readSwing(plain.swing);
  return readCondition(plain);
}

const readGroup = (join: Join, parts: readonly unknown[]) => emptyGroup(join, parts.map(readNode));

function readCondition({ column, op, value }: Record<string, unknown>): Condition {
  return { id: newId(), kind: "condition", column: textOf(column), op: textOf(op), value: readValue(value) };
}

function readValue(value: unknown): Value {
  if (isLiteral(value)) return value;
  if (Array.isArray(value)) return value.filter(isLiteral);
  if (!isObject(value)) return null;
  const numbers = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return { column: textOf(value.column), ...Object.fromEntries(numbers) };
}

/** A property of this name would make an object look like a promise. */
const SECOND = "then";

function readFollow({ first, [SECOND]: second, within_days, happens, last_days }: Record<string, unknown>): Follow {
  return {
    id: newId(),
    kind: "follow",
    first: textsOf(first),
    second: textsOf(second),
    within_days: numberOf(within_days),
    happens: happens === true,
    last_days: numberOf(last_days),
  };
}

function readSwing({ kinds, weeks, rise, drop }: Record<string, unknown>): Swing {
  const numbers = { weeks: numberOf(weeks), rise: numberOf(rise), drop: numberOf(drop) };
  return { id: newId(), kind: "swing", kinds: textsOf(kinds), ...numbers };
}

/** The tree as the document that the server stores; an exclusion without conditions is none. */
export function writeTree({ when, exclude }: RuleTree): Plain {
  return { when: writeNode(when), exclude: exclude?.parts.length ? writeNode(exclude) : null };
}

function writeNode(node: Node): Plain {
  if (node.kind === "group") return { [node.join]: node.parts.map(writeNode) };
  if (node.kind === "condition") return writeCondition(node);
  if (node.kind === "follow") return { follow: writeFollow(node) };
  const { weeks, rise, drop, kinds } = node;
  return { swing: { kinds, weeks, rise, drop } };
}

function writeFollow({ first, second, within_days, happens, last_days }: Follow): Plain {
  return { first, [SECOND]: second, within_days, happens, last_days };
}

function writeCondition({ column, op, value }: Condition): Plain {
  if (value === null) return { column, op };
  return { column, op, value: typeof value === "object" && !Array.isArray(value) ? writeOther(value as Other) : value };
}

/** Factors that change nothing are not written. */
function writeOther({ column, times, plus, days }: Other): Plain {
  return {
    column,
    ...(times !== undefined && times !== 1 && { times }),
    ...(plus ? { plus } : {}),
    ...(days ? { days } : {}),
  };
}

/** Whether two trees are the same rule, whatever their ids. */
export function sameTree(a: RuleTree, b: RuleTree): boolean {
  return JSON.stringify(writeTree(a)) === JSON.stringify(writeTree(b));
}
