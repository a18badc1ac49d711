import { fireEvent, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useUndoKeys } from "./useUndoKeys";

afterEach(() => {
  document.body.innerHTML = "";
});

function keysOf(fields?: string) {
  const undo = vi.fn();
  const redo = vi.fn();
  renderHook(() => useUndoKeys(undo, redo, fields));
  return { undo, redo };
}

it("undoes with Ctrl+Z and does again with Ctrl+Shift+Z or Ctrl+Y", () => {
  const { undo, redo } = keysOf();
  expect(fireEvent.keyDown(document.body, { key: "z", ctrlKey: true })).toBe(false);
  expect(undo).toHaveBeenCalledTimes(1);
  fireEvent.keyDown(document.body, { key: "Z", metaKey: true, shiftKey: true });
  fireEvent.keyDown(document.body, { key: "y", ctrlKey: true });
  expect(redo).toHaveBeenCalledTimes(2);
});

it("leaves other keys and fields with an undo of their own alone", () => {
  document.body.innerHTML = "<input /><select></select>";
  const { undo } = keysOf("input, select");
  for (const field of document.querySelectorAll("input, select"))
    expect(fireEvent.keyDown(field, { key: "z", ctrlKey: true })).toBe(true);
  fireEvent.keyDown(document.body, { key: "z" });
  fireEvent.keyDown(document.body, { key: "z", ctrlKey: true, altKey: true });
  expect(undo).not.toHaveBeenCalled();
});
