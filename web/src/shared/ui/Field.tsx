import { type ReactNode, useId } from "react";
import "./field.css";

export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  status: "error" | "";
}

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Label beside the control instead of above it. */
  inline?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, hint and fault of one form field, tied together for screen readers. */
export function Field({ label, hint, error, inline, children }: FieldProps) {
  const id = useId();
  const described = error || hint ? `${id}-hint` : undefined;
  return (
    <div className={`field${inline ? " inline" : ""}`}>
      <label htmlFor={id}>{label}</label>
      <div>
        {children({ id, "aria-describedby": described, status: error ? "error" : "" })}
        {described && (
          <div id={described} className={error ? "field-error" : "field-hint"} role={error ? "alert" : undefined}>
            {error || hint}
          </div>
        )}
      </div>
    </div>
  );
}
