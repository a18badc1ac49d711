import { nextSort } from "./values";

export interface SortHeaderProps {
  label: string;
  column: string;
  sort: string;
  onSort: (sort: string) => void;
  firstDescending?: boolean;
  className?: string;
}

/** A column head that sorts; says so to screen readers. */
export function SortHeader({ label, column, sort, onSort, firstDescending = true, className }: SortHeaderProps) {
  const order = sort === column ? "ascending" : sort === `-${column}` ? "descending" : undefined;
  return (
    <th scope="col" aria-sort={order ?? "none"} className={className}>
      <button type="button" className="sort-button" onClick={() => onSort(nextSort(sort, column, firstDescending))}>
        {label}
        <svg width="8" height="12" viewBox="0 0 8 12" aria-hidden>
          <path d="M4 0l4 5H0z" fill={order === "ascending" ? "#2F54C8" : "#C3CAD8"} />
          <path d="M4 12L0 7h8z" fill={order === "descending" ? "#2F54C8" : "#C3CAD8"} />
        </svg>
      </button>
    </th>
  );
}
