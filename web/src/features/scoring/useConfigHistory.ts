import { useCallback, useEffect, useState } from "react";
import { historyOf, record, redo, undo } from "@/features/rules/tree/history";
import type { ScoreConfig } from "./scoring.logic";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]");
}

/** The configuration that is edited, with its undo and redo by button and by Ctrl+Z outside of text fields. */
export function useConfigHistory(first: () => ScoreConfig) {
  const [history, setHistory] = useState(() => historyOf(first()));
  const change = useCallback((config: ScoreConfig, tag?: string) => setHistory((now) => record(now, config, tag)), []);
  const reset = useCallback((config: ScoreConfig) => setHistory(historyOf(config)), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      setHistory(event.shiftKey ? redo : undo);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return {
    config: history.present,
    change,
    reset,
    undo: useCallback(() => setHistory(undo), []),
    redo: useCallback(() => setHistory(redo), []),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}
