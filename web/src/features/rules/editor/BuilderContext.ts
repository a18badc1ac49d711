import { createContext, useContext } from "react";
import type { Missing } from "../tree/complete";
import type { PlacedFault } from "../tree/places";
import type { RuleTree } from "../tree/syntax";
import type { Catalogue } from "../types";

/** A control of a node, as in its element's id. */
export type Part = "column" | "add" | "up" | "down";

export const controlId = (nodeId: string, part: Part) => `${nodeId}-${part}`;

export interface Builder {
  catalogue: Catalogue;
  tree: RuleTree;
  /** `focus`: where the keyboard goes after the change; `tag`: see `record`. */
  change: (tree: RuleTree, options?: { tag?: string; focus?: readonly string[] }) => void;
  faults: ReadonlyMap<string, readonly PlacedFault[]>;
  missing: ReadonlyMap<string, Missing>;
  /** Whether what is missing is said: not before somebody tried to save or count. */
  strict: boolean;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error("useBuilder outside of a RuleBuilder");
  return builder;
}
