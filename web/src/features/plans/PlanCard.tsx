import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/SessionContext";
import { FitTags } from "./FitTags";
import type { PlanTemplate } from "./plans.logic";
import { useArchive } from "./usePlanTemplates";

/** A checklist template: for whom, its steps, and where it comes from. */
export function PlanCard({ plan, onEdit }: { plan: PlanTemplate; onEdit: () => void }) {
  const { t } = useTranslation(["plans", "common"]);
  const can = useCan();
  const archive = useArchive();
  return (
    <li className="card plan-card">
      <div className="spread">
        <strong>{plan.name}</strong>
        <span className="tag">{plan.shipped ? t("shipped") : plan.is_changed ? t("changed") : t("own")}</span>
      </div>
      <p className="muted">{plan.about}</p>
      <FitTags tiers={plan.tiers ?? []} levels={plan.levels ?? []} causes={plan.causes ?? []} />
      <details>
        <summary>{t("stepCount", { count: plan.steps.length })}</summary>
        <ol>
          {plan.steps.map((step) => (
            <li key={step.text}>
              {step.text} <span className="muted small">{whenOf(step, t)}</span>
            </li>
          ))}
        </ol>
      </details>
      {can("publish") && (
        <div className="row">
          <Button onClick={onEdit} aria-label={t("editNamed", { name: plan.name })}>
            {t("common:action.edit")}
          </Button>
          <Button
            type="text"
            onClick={() => archive.plan(plan.code, plan.name)}
            aria-label={t("archiveNamed", { name: plan.name })}
          >
            {t("archive")}
          </Button>
        </div>
      )}
    </li>
  );
}

function whenOf(step: PlanTemplate["steps"][number], t: ReturnType<typeof useTranslation<["plans", "common"]>>["t"]) {
  if (step.hours != null) return t("afterHours", { count: step.hours });
  return step.days == null ? "" : t("afterDays", { count: step.days });
}
