import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EnabledSwitch } from "../EnabledSwitch";
import { StatusTag } from "../StatusTag";
import type { RuleOut } from "../types";
import { FoldedSentences } from "./FoldedSentences";
import { PrecisionText } from "./PrecisionText";

/** Rules on the phone: read as sentences, switched on and off. */
export function RuleCards({ rules }: { rules: readonly RuleOut[] }) {
  const { t } = useTranslation("rules");
  const to = useTo();
  const { customers, count } = useFormat();
  return (
    <ul className="cards">
      {rules.map((rule) => (
        <li key={rule.id} className="card">
          <div className="spread">
            <Link className="rule-name grow" to={to(`/rules/${rule.id}`)}>
              {rule.name}
            </Link>
            <EnabledSwitch rule={rule} />
          </div>
          <StatusTag rule={rule} />
          <FoldedSentences sentences={rule.sentences} />
          <dl className="facts rule-facts">
            <dt>{t("column.matched")}</dt>
            <dd>{customers(rule.matched_now)}</dd>
            <dt>{t("column.hits")}</dt>
            <dd>{count(rule.hits_30d)}</dd>
            <dt>{t("column.precision")}</dt>
            <dd>
              <PrecisionText precision={rule.precision} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
