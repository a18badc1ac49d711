import type { Choice, FlowField, Kind, Kinds } from "../types";
import type { FlowNode, FlowSpec, Plain } from "./spec";

/** Kinds and lists, ready to be asked. */
export interface Book {
  kinds: Kinds;
  node: (kind: string) => Kind | undefined;
  trigger: (kind: string) => Kind | undefined;
  /** What a field may name: its own choices, else the workspace's list. */
  choices: (field: FlowField) => readonly Choice[];
}

export function bookOf(kinds: Kinds): Book {
  const templates = kinds.templates.map(({ code, name }) => ({ value: code, label: name }));
  return {
    kinds,
    node: (kind) => kinds.nodes.find(({ name }) => name === kind),
    trigger: (kind) => kinds.triggers.find(({ name }) => name === kind),
    choices: (field) =>
      field.choices.length ? field.choices : field.kind === "template" ? templates : (kinds.choices[field.kind] ?? []),
  };
}

interface Arm {
  key: string;
  share: number;
}

/** The arms of a split, as far as they can be read. */
export function armsOf(value: unknown): Arm[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: Partial<Arm>) => ({ key: String(one?.key ?? ""), share: Number(one?.share ?? 0) }));
}

/** The ways out of a node, with their names. */
export function outletsOf(book: Book, node: Pick<FlowNode, "kind" | "params">): readonly Choice[] {
  const kind = book.node(node.kind);
  if (!kind) return [];
  const arms = kind.fields.find((field) => field.kind === "arms");
  return arms ? armsOf(node.params[arms.name]).map(({ key }) => ({ value: key, label: key })) : kind.outlets;
}

/** The outlet that a fault says leads nowhere, by the name that people see; nothing for other faults. */
export function openOutlet(book: Book, spec: FlowSpec, { node: id, field }: { node: string; field: string }) {
  const node = spec.nodes.find((one) => one.id === id);
  if (!node || !field.startsWith("next.")) return undefined;
  const outlet = field.slice("next.".length);
  return node.next[outlet] ? undefined : outletsOf(book, node).find(({ value }) => value === outlet)?.label;
}

/** What a new node starts with. */
export function firstParams(kind: Kind): Plain {
  const given = kind.fields.filter((field) => field.default !== null && field.default !== undefined);
  const arms = kind.fields.filter((field) => field.kind === "arms");
  return {
    ...Object.fromEntries(given.map((field) => [field.name, field.default])),
    ...Object.fromEntries(
      arms.map(({ name }) => [
        name,
        [
          { key: "A", share: 0.5 },
          { key: "B", share: 0.5 },
        ],
      ]),
    ),
  };
}

const SHOWN: readonly string[] = [
  "title",
  "text",
  "template",
  "name",
  "event",
  "tag",
  "member",
  "what",
  "column",
  "levels",
  "signals",
  "kinds",
];

function said(book: Book, field: FlowField, value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  const choices = book.choices(field);
  const name = (one: unknown) => choices.find((choice) => choice.value === String(one))?.label ?? String(one);
  return Array.isArray(value) ? value.map(name).join(" / ") : name(value);
}

/** What a node or trigger does, in its own parameters' words; empty while they say nothing. */
export function titleOf(book: Book, kind: Kind | undefined, params: Plain): string {
  if (!kind) return "";
  const named = SHOWN.flatMap((name) => kind.fields.filter((field) => field.name === name));
  const spoken = named.map((field) => said(book, field, params[field.name])).filter(Boolean);
  const rest = kind.fields
    .filter((field) => ["whole", "number", "money", "share"].includes(field.kind) && params[field.name])
    .filter(({ name }) => ["days", "hours", "points", "due_days", "threshold"].includes(name))
    .map((field) => `${field.label} ${String(params[field.name])}`);
  return [...spoken, ...rest].join(" · ");
}

/** Fields that must be filled and are not. */
export function lacking(kind: Kind | undefined, params: Plain): string[] {
  const fields = kind?.fields ?? [];
  return fields.filter(({ required, name }) => required && isBlank(params[name])).map(({ name }) => name);
}

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** The nodes that lead to a node, with the outlet's name: for people who read instead of look. */
export function comesFrom(spec: FlowSpec, id: string): { from: string; outlet: string }[] {
  return spec.nodes.flatMap(({ id: from, next }) =>
    Object.entries(next).flatMap(([outlet, to]) => (to === id ? [{ from, outlet }] : [])),
  );
}
