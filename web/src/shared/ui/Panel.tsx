import { type ReactNode, useId } from "react";

export interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  /** No inner padding, for lists and tables. */
  flush?: boolean;
  className?: string;
}

/** A white card with an optional head; a labelled region for screen readers. */
export function Panel({ title, extra, children, flush, className = "" }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={title ? id : undefined}>
      {(title || extra) && (
        <div className="panel-head">
          {title && <h2 id={id}>{title}</h2>}
          {extra}
        </div>
      )}
      <div className={`panel-body${flush ? " flush" : ""}`}>{children}</div>
    </section>
  );
}
