import { useId } from "react";
import "./list.css";

export interface ChoicesProps<K extends string> {
  label: string;
  hideLabel?: boolean;
  items: readonly { key: K; label: string }[];
  value: K | null;
  onChange: (key: K) => void;
  disabled?: boolean;
}

/** One of a few, as large buttons: one tap, and arrow keys, since they are radio buttons. */
export function Choices<K extends string>({ label, hideLabel, items, value, onChange, disabled }: ChoicesProps<K>) {
  const name = useId();
  return (
    <fieldset className="choices" disabled={disabled}>
      <legend className={hideLabel ? "sr-only" : undefined}>{label}</legend>
      <div className="choices-row">
        {items.map(({ key, label: text }) => (
          <label key={key} className="choice">
            <input type="radio" name={name} checked={key === value} onChange={() => onChange(key)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
