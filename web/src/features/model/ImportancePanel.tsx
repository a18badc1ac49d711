import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Panel } from "@/shared/ui/Panel";

/** Which columns weigh most, by their mean part of the log-odds. */
export function ImportancePanel({ rows }: { rows: readonly Schemas["ImportanceOut"][] }) {
  const { t } = useTranslation("model");
  const largest = Math.max(...rows.map(({ size }) => size), Number.EPSILON);
  return (
    <Panel title={t("importance.title")}>
      <p className="muted small">{t("importance.text")}</p>
      <ul className="importance">
        {rows.map(({ code, name, size }) => (
          <li key={code}>
            <span>{name}</span>
            <span className="importance-bar" style={{ width: `${Math.round((100 * size) / largest)}%` }} aria-hidden />
            <span className="num small">{size.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
