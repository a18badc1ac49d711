import type { ReactNode } from "react";

/** Nothing here, why, and what to do about it. */
export function EmptyState({ title, text, children }: { title: string; text?: ReactNode; children?: ReactNode }) {
  return (
    <div className="state">
      <svg width="60" height="44" viewBox="0 0 60 44" aria-hidden>
        <rect width="60" height="44" rx="8" fill="#EEF2FC" />
        <path
          d="M9 25c5-14 10-14 14 0s9 8 14 0 9-7 13-7"
          fill="none"
          stroke="#A9BBEC"
          strokeWidth="3"
          strokeLinecap="round"
        />
        <circle cx="50" cy="18" r="4" fill="#2F54C8" />
      </svg>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="actions">{children}</div>}
    </div>
  );
}
