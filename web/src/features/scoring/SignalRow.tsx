import { InputNumber, Slider, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { fromScreen, type Param, type Signal, type SignalSetting, toScreen } from "./scoring.logic";

export interface SignalRowProps {
  signal: Signal;
  setting: SignalSetting;
  /** Percent within its dimension. */
  share: number;
  /** Of its dimension. */
  weight: number;
  disabled: boolean;
  onChange: (change: Partial<SignalSetting>) => void;
  onParam: (name: string, value: number) => void;
}

function ParamInput({
  param,
  value,
  disabled,
  onChange,
}: {
  param: Param;
  value: number;
  disabled: boolean;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation("scoring");
  return (
    <label className="param">
      <span>{param.label}</span>
      <InputNumber
        size="small"
        min={toScreen(param, param.minimum)}
        max={toScreen(param, param.maximum)}
        step={toScreen(param, param.step)}
        value={toScreen(param, value)}
        disabled={disabled}
        suffix={t(`unit.${param.unit}`)}
        onChange={(next) => next !== null && onChange(fromScreen(param, next))}
      />
    </label>
  );
}

const MOST = 40;
const roundTenth = (value: number) => Math.round(value * 10) / 10;

/** One signal: whether it counts, how many points at full strength, and its own numbers. */
export function SignalRow({ signal, setting, share, weight, disabled, onChange, onParam }: SignalRowProps) {
  const { t } = useTranslation("scoring");
  const { customers } = useFormat();
  const off = disabled || !setting.enabled;
  const bounds = signal.protective ? { min: -MOST, max: 0 } : { min: 0, max: MOST };
  const set = (points: number | null) => points !== null && onChange({ points });
  return (
    <li className={`signal${setting.enabled ? "" : " off"}`}>
      <Switch
        size="small"
        checked={setting.enabled}
        disabled={disabled}
        aria-label={t("signal.enable", { name: signal.name })}
        onChange={(enabled) => onChange({ enabled })}
      />
      <div className="grow">
        <div className="row wrap">
          <strong>{signal.name}</strong>
          {signal.protective && <span className="risk-tag risk-normal">{t("signal.protective")}</span>}
          <span className="muted small">
            {signal.not_computable ?? t("signal.fires", { customers: customers(signal.fires_now) })}
          </span>
        </div>
        <p className="muted small">{signal.description}</p>
        {signal.params.length > 0 && (
          <div className="params">
            {signal.params.map((param) => (
              <ParamInput
                key={param.name}
                param={param}
                value={setting.params[param.name] ?? param.default}
                disabled={off}
                onChange={(value) => onParam(param.name, value)}
              />
            ))}
          </div>
        )}
      </div>
      <span className="share num" title={t("signal.shareOf", { name: signal.name })}>
        {setting.enabled ? `${share}%` : ""}
        {setting.enabled && weight !== 1 && (
          <span className="muted small block">
            {t("signal.effective", { points: roundTenth(setting.points * weight) })}
          </span>
        )}
      </span>
      <div className="points">
        <Slider
          {...bounds}
          value={setting.points}
          disabled={off}
          onChange={set}
          ariaLabelForHandle={t("signal.pointsOf", { name: signal.name })}
        />
        <InputNumber
          {...bounds}
          size="small"
          value={setting.points}
          disabled={off}
          onChange={set}
          aria-label={t("signal.pointsOf", { name: signal.name })}
        />
      </div>
    </li>
  );
}
