import { useCallback, useEffect, useState } from "react";
import { type History, historyOf, record, redo, replacePresent, undo } from "@/features/rules/tree/history";
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

/** Text fields have an undo of their own. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

function stepOf(event: KeyboardEvent): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" ? "redo" : null;
}

/** The draft with its undo and redo, by button and by keyboard. */
export function useDraftHistory(first: () => Draft): DraftHistory {
  const [history, setHistory] = useState<History<Draft>>(() => historyOf(first()));
  const change = useCallback(
    (next: (now: Draft) => Draft, tag?: string) => setHistory((now) => record(now, next(now.present), tag)),
    [],
  );
  const reset = useCallback((draft: Draft) => setHistory((now) => replacePresent(now, draft)), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (!step) return;
      event.preventDefault();
      setHistory(step === "undo" ? undo : redo);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return {
    draft: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change,
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    reset,
  };
}
