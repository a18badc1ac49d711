import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { SimpleTable } from "@/shared/ui/SimpleTable";

/** What a try found of each kind of documents: the fault, or the first rows as they would arrive. */
export function StreamTests({ streams }: { streams: readonly Schemas["StreamTestOut"][] }) {
  const { t } = useTranslation("dataSources");
  return (
    <ul className="stream-tests">
      {streams.map((stream) => (
        <li key={stream.name}>
          <strong>{stream.label}</strong> <span className="muted small">{stream.form}</span>
          <p className={stream.ok ? "form-note" : "form-error"}>{stream.message}</p>
          {stream.rows.length > 0 && (
            <details>
              <summary>{t("kingdee.rows", { count: stream.rows.length })}</summary>
              <SimpleTable
                label={stream.label}
                columns={stream.columns.map((name, place) => ({
                  key: name,
                  title: t(`kingdee.name.${name}`, { defaultValue: name }),
                  render: (row: readonly string[]) => row[place],
                }))}
                rows={stream.rows}
                rowKey={(row) => row.join("\u0000")}
              />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
