import { Button, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Settings } from "./backtest.logic";

export interface BacktestFormProps {
  settings: Settings;
  onChange: (settings: Settings) => void;
  onRun: () => void;
  busy: boolean;
  /** There is something to test. */
  ready: boolean;
  again: boolean;
}

/** How often, from when to when, and how long each named customer is watched. */
export function BacktestForm({ settings, onChange, onRun, busy, ready, again }: BacktestFormProps) {
  const { t } = useTranslation("backtests");
  const { churn_days } = useWorkspace();
  const set = (part: Partial<Settings>) => onChange({ ...settings, ...part });
  return (
    <form
      className="backtest-form"
      aria-label={t("form.settings")}
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <Field label={t("form.every")}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            value={settings.every}
            options={(["month", "week"] as const).map((value) => ({ value, label: t(`form.${value}`) }))}
            onChange={(every) => set({ every: every === "week" ? "week" : "month" })}
          />
        )}
      </Field>
      {(["start", "end"] as const).map((edge) => (
        <Field key={edge} label={t(`form.${edge}`)}>
          {({ status: _status, ...control }) => (
            <input
              {...control}
              type="date"
              className="date-input"
              title={t("form.auto")}
              value={settings[edge]}
              onChange={(event) => set({ [edge]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t("form.horizon")}>
        {(control) => (
          <InputNumber
            {...control}
            min={7}
            max={400}
            precision={0}
            title={t("form.horizonHint")}
            placeholder={String(churn_days)}
            value={settings.horizon}
            onChange={(horizon) => set({ horizon })}
          />
        )}
      </Field>
      <Button type={again ? "default" : "primary"} htmlType="submit" loading={busy} disabled={!ready}>
        {t(again ? "form.again" : "form.run")}
      </Button>
      <p className="muted small">{ready ? t("form.auto") : t("form.incomplete")}</p>
    </form>
  );
}
