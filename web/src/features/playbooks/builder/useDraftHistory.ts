import { useCallback, useState } from "react";
import { type History, historyOf, record, redo, replacePresent, undo } from "@/features/rules/tree/history";
import { useUndoKeys } from "@/shared/lib/useUndoKeys";
import type { Draft } from "../flow/draft";

export interface DraftHistory {
  draft: Draft;
  canUndo: boolean;
  canRedo: boolean;
  /** Changes with one `tag` in a row are undone at once. */
  change: (next: (now: Draft) => Draft, tag?: string) => void;
  undo: () => void;
  redo: () => void;
  reset: (draft: Draft) => void;
}

/** The draft with its undo and redo, by button and by keyboard. */
export function useDraftHistory(first: () => Draft): DraftHistory {
  const [history, setHistory] = useState<History<Draft>>(() => historyOf(first()));
  const change = useCallback(
    (next: (now: Draft) => Draft, tag?: string) => setHistory((now) => record(now, next(now.present), tag)),
    [],
  );
  const reset = useCallback((draft: Draft) => setHistory((now) => replacePresent(now, draft)), []);
  const back = useCallback(() => setHistory(undo), []);
  const forth = useCallback(() => setHistory(redo), []);
  useUndoKeys(back, forth, "input, textarea, select, [contenteditable]");
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
