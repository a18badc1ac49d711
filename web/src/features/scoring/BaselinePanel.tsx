import { InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import type { Baseline } from "./scoring.logic";

const NUMBERS = [
  { name: "share", min: 5, max: 100, scale: 100 },
  { name: "days", min: 7, max: 92, scale: 1 },
  { name: "periods", min: 2, max: 12, scale: 1 },
] as const;

/** SCR-08 偏离自身基线: who lies so far under its own usual is told, whatever its level. */
export function BaselinePanel({
  baseline,
  disabled,
  onChange,
}: {
  baseline: Baseline;
  disabled: boolean;
  onChange: (baseline: Baseline) => void;
}) {
  const { t } = useTranslation("scoring");
  return (
    <Panel
      title={t("baseline.title")}
      extra={
        <Switch
          size="small"
          checked={baseline.enabled}
          disabled={disabled}
          aria-label={t("signal.enable", { name: t("baseline.title") })}
          onChange={(enabled) => onChange({ ...baseline, enabled })}
        />
      }
    >
      <p className="muted small">{t("baseline.text")}</p>
      <div className="params">
        {NUMBERS.map(({ name, min, max, scale }) => (
          <label key={name} className="param">
            <span>{t(`baseline.${name}`)}</span>
            <InputNumber
              size="small"
              min={min}
              max={max}
              value={Math.round(baseline[name] * scale)}
              disabled={disabled || !baseline.enabled}
              onChange={(value) => value !== null && onChange({ ...baseline, [name]: value / scale })}
            />
          </label>
        ))}
      </div>
    </Panel>
  );
}
