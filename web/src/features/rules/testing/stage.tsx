import { type ReactNode, useMemo, useState } from "react";
import { renderUi } from "@/shared/testing/renderUi";
import { catalogueOf } from "../catalogue.logic";
import { type Builder, BuilderContext } from "../editor/BuilderContext";
import type { Node, RuleTree, Value } from "../tree/syntax";
import type { CatalogueOut, ColumnOut } from "../types";
import { catalogue as known } from "./fixtures";

export interface Stage {
  tree: RuleTree;
  /** Of each change, what it is undone with. */
  tags: (string | undefined)[];
}

/** Renders one node's row in a rule that really changes; the answer always holds the newest. */
export function stageNode<N extends Node>(node: N, row: (node: N) => ReactNode, state: Partial<Builder> = {}): Stage {
  const first: RuleTree = { when: { id: "g", kind: "group", join: "all", parts: [node] }, exclude: null };
  const seen: Stage = { tree: first, tags: [] };
  const catalogue = catalogueOf(known);
  function Around() {
    const [tree, setTree] = useState(first);
    seen.tree = tree;
    const builder = useMemo(() => {
      const change: Builder["change"] = (next, options) => {
        seen.tags.push(options?.tag);
        setTree(next);
      };
      return { catalogue, tree, change, faults: new Map(), missing: new Map(), strict: false, ...state };
    }, [tree]);
    return <BuilderContext value={builder}>{row(tree.when.parts[0] as N)}</BuilderContext>;
  }
  renderUi(<Around />);
  return seen;
}

/** Renders an input around a value that really changes; the answer lists what it became. */
export function stageValue(
  first: Value,
  input: (value: Value, onChange: (value: Value) => void) => ReactNode,
  catalogue: CatalogueOut = known,
): Value[] {
  const put: Value[] = [];
  const state = { tree: { when: { id: "g", kind: "group", join: "all", parts: [] }, exclude: null } as RuleTree };
  function Around() {
    const [value, setValue] = useState(first);
    const keep = (next: Value) => {
      put.push(next);
      setValue(next);
    };
    const builder = useMemo(
      () => ({
        ...state,
        catalogue: catalogueOf(catalogue),
        change: () => undefined,
        faults: new Map(),
        missing: new Map(),
        strict: false,
      }),
      [],
    );
    return <BuilderContext value={builder}>{input(value, keep)}</BuilderContext>;
  }
  renderUi(<Around />);
  return put;
}

export const columnOf = (name: string): ColumnOut => {
  const found = known.columns.find((column) => column.name === name);
  if (!found) throw new Error(`no column ${name} in the fixtures`);
  return found;
};
