import { useCallback, useEffect, useState } from "react";
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

/** Text fields have an undo of their own. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]");
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) outside of text fields. */
function stepOf(event: KeyboardEvent): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" ? "redo" : null;
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
    undo: back,
    redo: forth,
    reset,
  };
}
