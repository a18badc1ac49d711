import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { numberOf, type StepSpec } from "./plans.logic";

export interface StepFieldsProps {
  step: StepSpec;
  n: number;
  onChange: (step: StepSpec) => void;
  onRemove: () => void;
}

type Unit = "days" | "hours" | "none";

/** One step of a template: what, when, who, to what effect. */
export function StepFields({ step, n, onChange, onRemove }: StepFieldsProps) {
  const { t } = useTranslation("plans");
  const unit: Unit = step.hours != null ? "hours" : step.days != null ? "days" : "none";
  const time = String(step.hours ?? step.days ?? "");
  const due = (to: Unit, text: string) => {
    const value = numberOf(text) ?? 0;
    onChange({ ...step, days: to === "days" ? Math.round(value) : null, hours: to === "hours" ? value : null });
  };
  return (
    <div className="plan-step">
      <Input
        aria-label={t("stepText", { n })}
        placeholder={t("stepText", { n })}
        maxLength={200}
        value={step.text}
        onChange={(event) => onChange({ ...step, text: event.target.value })}
      />
      <Input
        aria-label={t("stepTime", { n })}
        inputMode="numeric"
        disabled={unit === "none"}
        value={time}
        onChange={(event) => due(unit, event.target.value)}
      />
      <NativeSelect
        aria-label={t("stepUnit", { n })}
        value={unit}
        options={(["days", "hours", "none"] as const).map((key) => ({ value: key, label: t(`unit.${key}`) }))}
        onChange={(to) => due(to as Unit, time)}
      />
      <NativeSelect
        aria-label={t("stepWho", { n })}
        value={step.who ?? "owner"}
        options={(["owner", "supervisor"] as const).map((key) => ({ value: key, label: t(`who.${key}`) }))}
        onChange={(who) => onChange({ ...step, who: who as StepSpec["who"] })}
      />
      <Input
        aria-label={t("stepEffect", { n })}
        placeholder={t("effect")}
        maxLength={200}
        value={step.effect ?? ""}
        onChange={(event) => onChange({ ...step, effect: event.target.value })}
      />
      <Input
        aria-label={t("stepAmount", { n })}
        placeholder={t("amount")}
        inputMode="decimal"
        value={step.amount ?? ""}
        onChange={(event) => onChange({ ...step, amount: numberOf(event.target.value) })}
      />
      <Button type="text" icon={<Icon of={DeleteOutlined} />} aria-label={t("removeStep", { n })} onClick={onRemove} />
    </div>
  );
}
