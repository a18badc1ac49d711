import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { Template } from "./gallery.logic";
import "./gallery.css";

/** NCD-02: what a template contains. `withRules`: also the names of its rules, where they are not listed beside it. */
export function TemplateFacts({ template, withRules = false }: { template: Template; withRules?: boolean }) {
  const { t } = useTranslation("gallery");
  const { list } = useFormat();
  const weights = template.weights.map(({ name, points }) => t("weight", { name, points }));
  return (
    <dl className="template-facts">
      <div>
        <dt>{t("churn")}</dt>
        <dd>{t("churnText", { days: template.churn_days, kinds: template.churn_kinds.join(t("or")) })}</dd>
      </div>
      <div>
        <dt>{t("weights")}</dt>
        <dd>{list(weights)}</dd>
      </div>
      {withRules && template.rules.length > 0 && (
        <div>
          <dt>{t("rules", { count: template.rules.length })}</dt>
          <dd>{list(template.rules)}</dd>
        </div>
      )}
      {template.tags.length > 0 && (
        <div>
          <dt>{t("segments")}</dt>
          <dd>{list(template.tags)}</dd>
        </div>
      )}
    </dl>
  );
}
