export interface ChipItem<K extends string> {
  key: K;
  label: string;
  count?: string | number;
}

/** One-of-many filters with counts, scrolling sideways on a phone. */
export function Chips<K extends string>({
  items,
  value,
  onChange,
  label,
}: {
  items: readonly ChipItem<K>[];
  value: K;
  onChange: (key: K) => void;
  label: string;
}) {
  return (
    <div className="chips" role="group" aria-label={label}>
      {items.map(({ key, label: text, count }) => (
        <button key={key} type="button" className="chip" aria-pressed={key === value} onClick={() => onChange(key)}>
          {text} {count !== undefined && <span className="num">{count}</span>}
        </button>
      ))}
    </div>
  );
}
