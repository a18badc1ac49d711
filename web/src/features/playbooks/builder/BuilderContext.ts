import { createContext, useContext } from "react";
import type { Problem } from "../flow/problems";
import type { FlowSpec } from "../flow/spec";
import type { Book } from "../flow/words";
import type { NodeCounts } from "../types";

export interface BuilderState {
  book: Book;
  spec: FlowSpec;
  /** What the flow is for, in the words of who made it. */
  about: string;
  describe: (about: string) => void;
  /** The node that the inspector shows; the trigger is `start`. */
  selected: string | null;
  select: (id: string | null) => void;
  change: (next: (now: FlowSpec) => FlowSpec, tag?: string) => void;
  problems: readonly Problem[];
  counts: NodeCounts | undefined;
}

export const BuilderContext = createContext<BuilderState | null>(null);

export function useBuilder(): BuilderState {
  const state = useContext(BuilderContext);
  if (!state) throw new Error("useBuilder outside of a playbook's builder");
  return state;
}
