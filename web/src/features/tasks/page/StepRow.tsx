import { ArrowDownOutlined, ArrowUpOutlined, CheckOutlined, DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import type { Step } from "./useItemSheet";
import type { PlanChanges } from "./usePlanChanges";

export interface StepRowProps {
  step: Step;
  first: boolean;
  last: boolean;
  open: boolean;
  changes: PlanChanges;
  onEdit: () => void;
}

/** One step: tick it, move it, change it. */
export function StepRow({ step, first, last, open, changes, onEdit }: StepRowProps) {
  const { t } = useTranslation("work");
  const done = step.done_at !== null;
  return (
    <li className={`step task${done ? " done" : ""}`}>
      <button
        type="button"
        role="checkbox"
        aria-checked={done}
        aria-label={t("step.tick", { text: step.text })}
        className="task-check"
        disabled={!open}
        onClick={() => changes.tick(step, !done)}
      >
        <span>{done && <Icon of={CheckOutlined} />}</span>
      </button>
      <div className="grow step-body">
        <span className="task-title">{step.text}</span>
        <StepFacts step={step} />
      </div>
      {open && (
        <span className="row step-tools">
          <Tool
            icon={ArrowUpOutlined}
            label={t("step.up", { text: step.text })}
            disabled={first}
            onClick={() => changes.move(step, -1)}
          />
          <Tool
            icon={ArrowDownOutlined}
            label={t("step.down", { text: step.text })}
            disabled={last}
            onClick={() => changes.move(step, 1)}
          />
          <Tool icon={EditOutlined} label={t("step.edit", { text: step.text })} onClick={onEdit} />
          <Tool
            icon={DeleteOutlined}
            label={t("step.remove", { text: step.text })}
            onClick={() => changes.remove(step)}
          />
        </span>
      )}
    </li>
  );
}

function StepFacts({ step }: { step: Step }) {
  const { t } = useTranslation(["work", "common"]);
  const format = useFormat();
  const when = step.done_at
    ? t("step.doneAt", { time: format.dayTime(step.done_at), by: step.done_by?.name ?? "" })
    : step.due_at
      ? t("step.dueAt", { time: format.dayTime(step.due_at) })
      : t("undated");
  const money = step.effect_amount !== null && format.money(step.effect_amount);
  return (
    <span className="muted small row wrap">
      <span className={step.is_overdue ? "task-late" : ""}>{when}</span>
      <span>{step.owner?.name ?? t("common:state.unassigned")}</span>
      {(step.effect || money) && (
        <span>{t("step.effect", { what: [step.effect, money].filter(Boolean).join(" · ") })}</span>
      )}
    </span>
  );
}

interface ToolProps {
  icon: typeof EditOutlined;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function Tool({ icon, label, disabled, onClick }: ToolProps) {
  return <Button type="text" icon={<Icon of={icon} />} aria-label={label} disabled={disabled} onClick={onClick} />;
}
