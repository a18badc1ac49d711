import { flat } from "./tree/edit";
import { isOther, type RuleTree } from "./tree/syntax";
import type { Catalogue, CatalogueOut, ColumnOut } from "./types";

export function catalogueOf({ columns, ops, kinds }: CatalogueOut): Catalogue {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const groups = [...new Set(columns.map(({ group }) => group))];
  return {
    columns: byName,
    groups: groups.map((group) => ({ group, columns: columns.filter((column) => column.group === group) })),
    opsOf: (type) => ops[type] ?? [],
    typeOf: (column) => byName.get(column)?.type,
    kinds: kinds.map(({ kind, label }) => ({ value: kind, label })),
  };
}

/** From here on a column is computed from the score, so that a rule which asks for it cannot add to it. */
const SCORE_STRATUM = 4;

/** The columns that a rule asks about, exclusion and comparisons included. */
export function columnsOf({ when, exclude }: RuleTree, { columns }: Catalogue): ColumnOut[] {
  const nodes = [when, ...(exclude ? [exclude] : [])].flatMap(flat);
  const names = nodes.flatMap((node) =>
    node.kind === "condition" ? [node.column, ...(isOther(node.value) ? [node.value.column] : [])] : [],
  );
  return [...new Set(names)].flatMap((name) => columns.get(name) ?? []);
}

export const mayAddPoints = (tree: RuleTree, catalogue: Catalogue): boolean =>
  columnsOf(tree, catalogue).every(({ stratum }) => stratum < SCORE_STRATUM);

/** Whether a column's label or code holds every word that is searched for. */
export function isFound(column: Pick<ColumnOut, "name" | "label">, text: string): boolean {
  const hay = `${column.label} ${column.name}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** Shares are percents on the screen. */
const PERCENT_UNITS = ["percent", "pct", "share"];
export const isPercent = (unit: string) => PERCENT_UNITS.includes(unit);
export const toScreen = (unit: string, value: number) => (isPercent(unit) ? Math.round(value * 1e6) / 1e4 : value);
export const fromScreen = (unit: string, value: number) => (isPercent(unit) ? Math.round(value * 1e4) / 1e6 : value);
