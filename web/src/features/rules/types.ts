import type { Schemas } from "@/shared/api/client";
import type { ColumnType } from "./tree/operands";
import type { RuleTree } from "./tree/syntax";

export type RuleOut = Schemas["RuleOut"];
export type VersionOut = Schemas["RuleVersionOut"];
export type CatalogueOut = Schemas["RuleCatalogueOut"];
export type ColumnOut = Schemas["RuleColumnOut"];
export type Sentence = Schemas["SentenceOut"];
export type Effects = Required<Schemas["EffectsOut"]>;
export type CountOut = Schemas["RuleCountOut"];

/** All that the editor changes; undo goes over the whole of it. */
export interface RuleDraft {
  name: string;
  about: string;
  tree: RuleTree;
  effects: Effects;
}

/** The catalogue, ready to be asked. */
export interface Catalogue {
  columns: ReadonlyMap<string, ColumnOut>;
  /** By group, in the server's order. */
  groups: readonly { group: string; columns: readonly ColumnOut[] }[];
  opsOf: (type: ColumnType) => readonly { op: string; label: string }[];
  typeOf: (column: string) => ColumnType | undefined;
  kinds: readonly { value: string; label: string }[];
}
