import type { ReactNode } from "react";
import "./workspaces.css";

/** One card of a radio group. */
export function Choice({
  name,
  value,
  checked,
  onChange,
  title,
  children,
}: {
  name: string;
  value: string;
  checked: boolean;
  onChange: (value: string) => void;
  title: string;
  children?: ReactNode;
}) {
  return (
    <label className="choice">
      <input type="radio" name={name} value={value} checked={checked} onChange={() => onChange(value)} />
      <strong>{title}</strong>
      <span className="muted">{children}</span>
    </label>
  );
}
