import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import { ScoreNote } from "@/shared/ui/Score";
import { DimensionHead } from "./DimensionHead";
import { SignalRow } from "./SignalRow";
import {
  byFamily,
  type ScoreConfig,
  type Signal,
  weightOf,
  withDimension,
  withParam,
  withSignal,
} from "./scoring.logic";
import { sharesOf } from "./shares.logic";

/** 指标权重: dimensions with a weight each, signals with points within; how much each counts stands beside it in percent. */
export function SignalsPanel({
  signals,
  config,
  onChange,
  disabled,
}: {
  signals: readonly Signal[];
  config: ScoreConfig;
  onChange: (config: ScoreConfig, tag?: string) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation(["scoring", "common"]);
  const shares = sharesOf(config, signals);
  return (
    <Panel
      title={t("scoring:signal.title")}
      extra={
        <span className="row">
          <ScoreNote />
          <label className="row">
            <span className="muted small">{t("scoring:signal.base")}</span>
            <InputNumber
              size="small"
              min={0}
              max={100}
              value={config.base}
              disabled={disabled}
              onChange={(base) => base !== null && onChange({ ...config, base }, "base")}
            />
          </label>
        </span>
      }
      flush
    >
      <p className="muted small panel-note">{t("scoring:dimension.text")}</p>
      {byFamily(signals).map(({ family, signals: members }) => (
        <section key={family} className="family" aria-label={t(`common:family.${family as "intent"}`)}>
          <DimensionHead
            family={family}
            name={config.dimensions[family]?.name ?? ""}
            weight={weightOf(config, family)}
            share={shares.families[family] ?? 0}
            disabled={disabled}
            onChange={(change) =>
              onChange(withDimension(config, family, change), `dimension.${family}.${Object.keys(change)[0]}`)
            }
          />
          <ul>
            {members.map((signal) => (
              <SignalRow
                key={signal.key}
                signal={signal}
                setting={config.signals[signal.key] ?? { points: 0, enabled: false, params: {} }}
                share={shares.signals[signal.key] ?? 0}
                weight={weightOf(config, family)}
                disabled={disabled}
                onChange={(change) =>
                  onChange(withSignal(config, signal.key, change), "points" in change ? `points.${signal.key}` : "")
                }
                onParam={(name, value) =>
                  onChange(withParam(config, signal.key, name, value), `param.${signal.key}.${name}`)
                }
              />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
