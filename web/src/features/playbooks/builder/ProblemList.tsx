import { useTranslation } from "react-i18next";
import { START } from "../flow/edit";
import { nodeOf } from "../flow/spec";
import { titleOf } from "../flow/words";
import { useBuilder } from "./BuilderContext";

/** What stands against publishing; each leads to its step. */
export function ProblemList() {
  const { t } = useTranslation("playbooks");
  const { book, spec, problems, select } = useBuilder();
  if (problems.length === 0) return null;
  const name = (id: string) => {
    if (id === START) return t("build.trigger");
    const node = nodeOf(spec, id);
    const kind = book.node(node?.kind ?? "");
    return node ? titleOf(book, kind, node.params) || (kind?.label ?? id) : t("set.title");
  };
  return (
    <details className="form-note" aria-label={t("problems.title")}>
      <summary>{t("problems.count", { count: problems.length })}</summary>
      <ul className="flow-problems">
        {problems.map(({ node, field, message }) => (
          <li key={`${node}.${field}.${message}`}>
            <button type="button" className="link-button" onClick={() => select(node || null)}>
              {t("problems.one", { where: name(node), message })}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
