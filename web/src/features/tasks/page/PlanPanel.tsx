import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import type { WorkItem } from "../tasks.logic";
import { StepRow } from "./StepRow";
import { StepSheet } from "./StepSheet";
import { effectTotal, type StepTarget } from "./steps.logic";
import type { ItemSheet } from "./useItemSheet";
import { type PlanChanges, usePlanChanges } from "./usePlanChanges";

/** The checklist: plans that fit with one tap, then steps with owner, date and expected effect. */
export function PlanPanel({ item, sheet }: { item: WorkItem; sheet: ItemSheet }) {
  const { t } = useTranslation("work");
  const format = useFormat();
  const can = useCan();
  const changes = usePlanChanges(item.id, sheet.steps);
  const [edited, setEdited] = useState<StepTarget | null>(null);
  const open = can("handle") && (item.status === "todo" || item.status === "doing");
  const done = sheet.steps.filter((step) => step.done_at !== null).length;
  const amount = effectTotal(sheet.steps);
  return (
    <Panel
      title={t("plan.title")}
      extra={
        sheet.steps.length > 0 && (
          <span className="muted small num">
            {t("plan.progress", { done, count: sheet.steps.length })}
            {amount > 0 && ` · ${t("plan.effectTotal", { money: format.money(amount) })}`}
          </span>
        )
      }
    >
      <div className="stack">
        {sheet.steps.length === 0 && <p className="muted">{t("plan.none")}</p>}
        <ol className="steps" aria-label={t("plan.title")}>
          {sheet.steps.map((step, at) => (
            <StepRow
              key={step.id}
              step={step}
              first={at === 0}
              last={at === sheet.steps.length - 1}
              open={open}
              changes={changes}
              onEdit={() => setEdited({ step })}
            />
          ))}
        </ol>
        {open && (
          <Button icon={<Icon of={PlusOutlined} />} onClick={() => setEdited({ step: null })}>
            {t("plan.addStep")}
          </Button>
        )}
        <Applied sheet={sheet} open={open} changes={changes} />
        {open && <Proposed sheet={sheet} changes={changes} />}
      </div>
      <StepSheet target={edited} itemId={item.id} onClose={() => setEdited(null)} />
    </Panel>
  );
}

function Applied({ sheet, open, changes }: { sheet: ItemSheet; open: boolean; changes: PlanChanges }) {
  const { t } = useTranslation("work");
  return (
    <ul className="plan-list">
      {sheet.plans.map((plan) => (
        <li key={plan.id} className="spread">
          <span className="muted small">
            {t("plan.applied", { name: plan.name, by: plan.applied_by?.name ?? t("plan.byPlaybook") })}
          </span>
          {open && (
            <Button type="text" onClick={() => changes.takeBack(plan)}>
              {t("plan.takeBack")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Proposed({ sheet, changes }: { sheet: ItemSheet; changes: PlanChanges }) {
  const { t } = useTranslation(["work", "common"]);
  if (sheet.proposed.length === 0) return null;
  const why = [
    t(`common:tier.${sheet.tier}`),
    t(`common:level.${sheet.level}`),
    sheet.cause && t(`cause.${sheet.cause}`),
  ].filter(Boolean);
  return (
    <section aria-label={t("plan.proposed")}>
      <h3 className="task-group">{t("plan.proposed")}</h3>
      <p className="muted small">{t("plan.why", { what: why.join(" · ") })}</p>
      <ul className="plan-list">
        {sheet.proposed.map((plan) => (
          <li key={plan.code} className="spread">
            <span className="grow">
              <strong>{plan.name}</strong> <span className="muted small">{t("plan.steps", { count: plan.steps })}</span>
              <span className="muted small plan-about">{plan.about}</span>
            </span>
            <Button
              loading={changes.busy}
              aria-label={t("plan.applyNamed", { name: plan.name })}
              onClick={() => changes.apply(plan)}
            >
              {t("plan.apply")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
