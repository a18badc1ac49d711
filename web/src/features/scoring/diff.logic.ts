import { isObject, type Plain } from "./plain.logic";

export interface Difference {
  /** Where in the configuration: `signals.SIG-20.points`. */
  at: string;
  before: string;
  after: string;
}

const MISSING = "—";

const nameOf = (part: unknown, place: number) =>
  isObject(part) && typeof part.name === "string" && part.name ? part.name : String(place);
const textOf = (value: unknown) =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? MISSING);

function partsOf(value: unknown, at: string): [string, unknown][] | null {
  if (Array.isArray(value)) return value.map((part, place) => [nameOf(part, place), part]);
  return isObject(value) && !at.endsWith(".when") ? Object.entries(value) : null;
}

function leaves(value: unknown, at: string, out: Map<string, string>): Map<string, string> {
  const parts = partsOf(value, at);
  if (!parts) return out.set(at, textOf(value));
  for (const [key, part] of parts) leaves(part, at ? `${at}.${key}` : key, out);
  return out;
}

/** What two configurations say differently, in the order of their parts. Rules are compared as a whole. */
export function differences(before: Plain, after: Plain): Difference[] {
  const one = leaves(before, "", new Map());
  const other = leaves(after, "", new Map());
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((at) => ({ at, before: one.get(at) ?? MISSING, after: other.get(at) ?? MISSING }))
    .filter((line) => line.before !== line.after);
}
