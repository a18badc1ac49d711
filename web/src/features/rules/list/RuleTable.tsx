import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { SortHeader } from "@/shared/list/SortHeader";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EnabledSwitch } from "../EnabledSwitch";
import { StatusTag } from "../StatusTag";
import type { RuleOut } from "../types";
import { FoldedSentences } from "./FoldedSentences";
import { PrecisionText } from "./PrecisionText";
import { RuleMenu } from "./RuleMenu";

export interface RuleTableProps {
  rules: readonly RuleOut[];
  sort: string;
  onSort: (sort: string) => void;
  mayEdit: boolean;
}

export function RuleTable({ rules, sort, onSort, mayEdit }: RuleTableProps) {
  const { t } = useTranslation("rules");
  const head = { sort, onSort };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="list-box" tabIndex={0} aria-label={t("title")}>
      <table className="list-table rule-table">
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col">{t("column.status")}</th>
            <th scope="col">{t("column.enabled")}</th>
            <SortHeader label={t("column.matched")} column="matched" className="right" {...head} />
            <SortHeader label={t("column.hits")} column="hits" className="right" {...head} />
            <SortHeader label={t("column.precision")} column="precision" {...head} />
            <SortHeader label={t("column.updated")} column="updated" {...head} />
            {mayEdit && <td />}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} mayEdit={mayEdit} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RuleRow({ rule, mayEdit }: { rule: RuleOut; mayEdit: boolean }) {
  const to = useTo();
  const { count, dayTime } = useFormat();
  return (
    <tr>
      <td className="rule-cell">
        <div className="row wrap">
          <Link className="rule-name" to={to(`/rules/${rule.id}`)}>
            {rule.name}
          </Link>
          {rule.pack && <span className="tag">{rule.pack}</span>}
        </div>
        <FoldedSentences sentences={rule.sentences} />
      </td>
      <td>
        <StatusTag rule={rule} />
      </td>
      <td>
        <EnabledSwitch rule={rule} />
      </td>
      <td className="right">{count(rule.matched_now)}</td>
      <td className="right">{count(rule.hits_30d)}</td>
      <td>
        <PrecisionText precision={rule.precision} />
      </td>
      <td className="nowrap">
        <div>{rule.updated_by}</div>
        <div className="muted small">{dayTime(rule.updated_at)}</div>
      </td>
      {mayEdit && (
        <td>
          <RuleMenu rule={rule} />
        </td>
      )}
    </tr>
  );
}
