import { useTranslation } from "react-i18next";
import { differences } from "./diff.logic";
import type { Plain } from "./plain.logic";

/** What two configurations say differently, line by line. */
export function ConfigDiff({ before, after }: { before: Plain; after: Plain }) {
  const { t } = useTranslation("scoring");
  const lines = differences(before, after);
  if (!lines.length) return <p className="muted panel-note">{t("version.same")}</p>;
  return (
    <div className="panel-note">
      <table className="diff-table">
        <thead>
          <tr>
            <th scope="col">{t("version.where")}</th>
            <th scope="col">{t("version.before")}</th>
            <th scope="col">{t("version.after")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ at, before: one, after: other }) => (
            <tr key={at}>
              <th scope="row">
                <code>{at}</code>
              </th>
              <td>{one}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
