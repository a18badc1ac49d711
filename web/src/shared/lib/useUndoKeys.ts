import { useEffect } from "react";

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y). */
function stepOf(event: KeyboardEvent): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" ? "redo" : null;
}

/** Undo and redo by keyboard, outside of the fields that have an undo of their own. */
export function useUndoKeys(undo: () => void, redo: () => void, fields = "input, textarea, [contenteditable]") {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (!step || (event.target instanceof HTMLElement && event.target.matches(fields))) return;
      event.preventDefault();
      if (step === "undo") undo();
      else redo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo, redo, fields]);
}
