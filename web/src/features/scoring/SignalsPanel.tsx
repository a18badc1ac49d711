import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import { SignalRow } from "./SignalRow";
import { byFamily, type ScoreConfig, type Signal, withParam, withSignal } from "./scoring.logic";

type Family = "interaction" | "consumption" | "service" | "key_action" | "intent" | "payment";

export function SignalsPanel({
  signals,
  config,
  onChange,
  disabled,
}: {
  signals: readonly Signal[];
  config: ScoreConfig;
  onChange: (config: ScoreConfig) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation(["scoring", "common"]);
  return (
    <Panel
      title={t("scoring:signal.title")}
      extra={
        <label className="row">
          <span className="muted small">{t("scoring:signal.base")}</span>
          <InputNumber
            size="small"
            min={0}
            max={100}
            value={config.base}
            disabled={disabled}
            onChange={(base) => base !== null && onChange({ ...config, base })}
          />
        </label>
      }
      flush
    >
      {byFamily(signals).map(({ family, signals: members }) => (
        <section key={family} className="family" aria-label={t(`common:family.${family as Family}`)}>
          <h3>{t(`common:family.${family as Family}`)}</h3>
          <ul>
            {members.map((signal) => (
              <SignalRow
                key={signal.key}
                signal={signal}
                setting={config.signals[signal.key] ?? { points: 0, enabled: false, params: {} }}
                disabled={disabled}
                onChange={(change) => onChange(withSignal(config, signal.key, change))}
                onParam={(name, value) => onChange(withParam(config, signal.key, name, value))}
              />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
