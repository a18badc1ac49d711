import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";
import type { Entity } from "./mapping.logic";
import "@/shared/ui/table.css";
import { useFormat } from "@/shared/session/useFormat";

type Preview = Schemas["PreviewOut"];

function Rejects({ rejects }: { rejects: Preview["rejects"] }) {
  const { t } = useTranslation("dataSources");
  if (!rejects.length) return null;
  return (
    <div style={{ padding: "12px 20px" }}>
      <strong>{t("preview.rejects")}</strong>
      <ul>
        {rejects.slice(0, 8).map(({ line, reason, values }) => (
          <li key={line} className="small" style={{ marginTop: 6 }}>
            <span className="state-tag warn">{t("preview.line", { line })}</span> {reason}
            <div className="muted ellipsis">{values.join(" · ")}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The first rows as they would arrive, and those that would not. */
export function PreviewPanel({ preview, entity }: { preview: Preview; entity: Entity | undefined }) {
  const { t } = useTranslation("dataSources");
  const { list } = useFormat();
  const labelOf = (name: string) => entity?.fields.find((field) => field.name === name)?.label ?? name;
  return (
    <Panel
      title={t("preview.title")}
      extra={
        <span className="muted small">
          {t("preview.checked", { checked: preview.checked, rejected: preview.rejects.length })}
        </span>
      }
      flush
    >
      {preview.rows.length ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="table-box" tabIndex={0} aria-label={t("preview.title")}>
          <table className="table">
            <thead>
              <tr>
                {preview.fields.map((name) => (
                  <th key={name} scope="col">
                    {labelOf(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name
                <tr key={index}>
                  {row.map((value, column) => (
                    <td key={preview.fields[column]}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <EmptyState title={t("preview.none")} />
      )}
      {preview.own_kinds.length > 0 && (
        <p className="small muted" style={{ padding: "8px 20px 0" }}>
          {t("preview.ownKinds", { kinds: list(preview.own_kinds) })}
        </p>
      )}
      <Rejects rejects={preview.rejects} />
    </Panel>
  );
}
