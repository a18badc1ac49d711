import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import type { ProgrammeFormProps } from "./EarningForm";
import { replaced, withLevel, without, withStep } from "./loyalty.logic";
import { NumberField } from "./NumberField";

/** Member levels with their grace, and the discounts for a year's volume (LOY-03, LOY-05). */
export function LevelsForm({ programme, disabled, onChange }: ProgrammeFormProps) {
  const { t } = useTranslation("loyalty");
  const { levels, volume } = programme;
  return (
    <>
      <Panel title={t("level.title")}>
        <div className="loyalty-rows">
          {levels.map((level, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <div key={at} className="loyalty-row">
              <Input
                size="small"
                aria-label={t("level.name", { number: at + 1 })}
                maxLength={20}
                disabled={disabled}
                value={level.name}
                onChange={(event) =>
                  onChange({ ...programme, levels: replaced(levels, at, { name: event.target.value }) })
                }
                style={{ width: 120 }}
              />
              <NumberField
                label={t("level.least")}
                value={level.least}
                disabled={disabled}
                onChange={(least) => onChange({ ...programme, levels: replaced(levels, at, { least }) })}
              />
              <NumberField
                label={t("earn.factor")}
                value={level.factor}
                min={1}
                max={10}
                step={0.1}
                disabled={disabled}
                onChange={(factor) => onChange({ ...programme, levels: replaced(levels, at, { factor }) })}
              />
              {!disabled && (
                <Button
                  size="small"
                  aria-label={t("level.removeOne", { name: level.name || at + 1 })}
                  onClick={() => onChange({ ...programme, levels: without(levels, at) })}
                >
                  {t("level.remove")}
                </Button>
              )}
            </div>
          ))}
          {!disabled && (
            <div className="loyalty-row">
              <Button
                size="small"
                onClick={() =>
                  onChange({ ...programme, levels: withLevel(levels, t("level.new", { number: levels.length + 1 })) })
                }
              >
                {t("level.add")}
              </Button>
            </div>
          )}
          <div className="params">
            <NumberField
              label={t("level.grace")}
              value={programme.grace_days}
              max={730}
              disabled={disabled}
              onChange={(grace_days) => onChange({ ...programme, grace_days })}
            />
          </div>
        </div>
      </Panel>
      <Panel title={t("volume.title")}>
        <p className="muted small">{t("volume.text")}</p>
        <div className="loyalty-rows">
          {volume.map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <div key={at} className="loyalty-row">
              <NumberField
                label={t("volume.least")}
                value={step.least}
                disabled={disabled}
                onChange={(least) => onChange({ ...programme, volume: replaced(volume, at, { least }) })}
              />
              <NumberField
                label={t("volume.percent")}
                value={step.percent}
                max={90}
                step={0.5}
                disabled={disabled}
                onChange={(percent) => onChange({ ...programme, volume: replaced(volume, at, { percent }) })}
              />
              {!disabled && (
                <Button
                  size="small"
                  aria-label={t("volume.removeOne", { number: at + 1 })}
                  onClick={() => onChange({ ...programme, volume: without(volume, at) })}
                >
                  {t("level.remove")}
                </Button>
              )}
            </div>
          ))}
          {!disabled && (
            <div className="loyalty-row">
              <Button size="small" onClick={() => onChange({ ...programme, volume: withStep(volume) })}>
                {t("volume.add")}
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </>
  );
}
