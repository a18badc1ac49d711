import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./popover.css";

export interface PopoverProps {
  /** The button's content; `props` carry the state to the button. */
  trigger: (props: {
    onClick: () => void;
    "aria-expanded": boolean;
    "aria-haspopup": "dialog";
    "aria-controls": string;
  }) => ReactNode;
  label: string;
  align?: "start" | "end";
  children: (close: () => void) => ReactNode;
}

/** A small panel under its button: closes by Escape, by a click elsewhere, and gives the focus back. */
export function Popover({ trigger, label, align = "end", children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      box.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", onKey);
    };
  }, [open]);
  return (
    <div ref={box} className="popover">
      {trigger({
        onClick: () => setOpen(!open),
        "aria-expanded": open,
        "aria-haspopup": "dialog",
        "aria-controls": id,
      })}
      {open && (
        <div id={id} role="dialog" aria-label={label} className={`popover-panel ${align}`}>
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
