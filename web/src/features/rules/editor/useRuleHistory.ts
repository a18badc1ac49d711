import { useCallback, useState } from "react";
import { useUndoKeys } from "@/shared/lib/useUndoKeys";
import { type History, historyOf, record, redo, replacePresent, undo } from "../tree/history";
import type { RuleDraft } from "../types";

export interface RuleHistory {
  draft: RuleDraft;
  canUndo: boolean;
  canRedo: boolean;
  change: (part: Partial<RuleDraft>, tag?: string) => void;
  undo: () => void;
  redo: () => void;
  /** Starts over with what the server holds. */
  reset: (draft: RuleDraft) => void;
}

/** The draft with its undo and redo, by button and by keyboard. */
export function useRuleHistory(first: () => RuleDraft): RuleHistory {
  const [history, setHistory] = useState<History<RuleDraft>>(() => historyOf(first()));
  const change = useCallback(
    (part: Partial<RuleDraft>, tag?: string) => setHistory((now) => record(now, { ...now.present, ...part }, tag)),
    [],
  );
  const back = useCallback(() => setHistory(undo), []);
  const forth = useCallback(() => setHistory(redo), []);
  const reset = useCallback(
    (draft: RuleDraft) => setHistory((now) => replacePresent(historyOf(now.present), draft)),
    [],
  );
  useUndoKeys(back, forth);
  return {
    draft: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change,
    undo: back,
    redo: forth,
    reset,
  };
}
