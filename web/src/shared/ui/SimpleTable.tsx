import type { ReactNode } from "react";
import "./table.css";

export interface SimpleColumn<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  end?: boolean;
}

/** A plain table for short lists; it scrolls sideways inside its own box on narrow screens. */
export function SimpleTable<Row>({
  columns,
  rows,
  rowKey,
  label,
}: {
  columns: readonly SimpleColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  label: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-box cards" tabIndex={0} aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            {columns.map(({ key, title, end }) => (
              <th key={key} scope="col" className={end ? "end" : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, title, render, end }) => (
                <td key={key} data-title={title} className={end ? "end" : undefined}>
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
