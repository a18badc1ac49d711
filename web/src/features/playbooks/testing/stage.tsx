import { type ReactNode, useMemo, useState } from "react";
import { renderUi } from "@/shared/testing/renderUi";
import { BuilderContext } from "../builder/BuilderContext";
import type { Problem } from "../flow/problems";
import type { FlowSpec } from "../flow/spec";
import { bookOf } from "../flow/words";
import type { Kinds } from "../types";
import { flow, kinds as known } from "./fixtures";

export interface Stage {
  spec: FlowSpec;
  selected: string | null;
  /** Of each change, what it is undone with. */
  tags: (string | undefined)[];
}

/** Renders a part of the builder around a flow that really changes; the answer always holds the newest. */
export function stage(
  ui: ReactNode,
  first: { spec?: FlowSpec; selected?: string | null; problems?: readonly Problem[]; kinds?: Kinds } = {},
): Stage {
  const { spec = flow(), selected = null, problems = [], kinds = known } = first;
  const seen: Stage = { spec, selected, tags: [] };
  function Around() {
    const [now, setNow] = useState(spec);
    const [chosen, select] = useState(selected);
    Object.assign(seen, { spec: now, selected: chosen });
    const state = useMemo(() => {
      const change = (next: (now: FlowSpec) => FlowSpec, tag?: string) => {
        seen.tags.push(tag);
        setNow(next);
      };
      const flow = { spec: now, about: "", describe: () => undefined };
      return { book: bookOf(kinds), ...flow, selected: chosen, select, change, problems, counts: undefined };
    }, [now, chosen]);
    return <BuilderContext value={state}>{ui}</BuilderContext>;
  }
  renderUi(<Around />);
  return seen;
}
