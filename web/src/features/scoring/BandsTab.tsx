import { Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { BandsEditor } from "./BandsEditor";
import { BaselinePanel } from "./BaselinePanel";
import { replaceAt } from "./profiles.logic";
import type { Bin, ScoreConfig } from "./scoring.logic";
import { TiersPanel } from "./TiersPanel";

const EVERYBODY = "-1";

/** 等级: the bands of everybody or of one profile over today's customers, the value tiers, the own baseline. */
export function BandsTab({
  config,
  bins,
  disabled,
  onChange,
}: {
  config: ScoreConfig;
  bins: readonly Bin[];
  disabled: boolean;
  onChange: (config: ScoreConfig, tag?: string) => void;
}) {
  const { t } = useTranslation("scoring");
  const [chosen, setChosen] = useState(EVERYBODY);
  const place = Number(chosen);
  const profile = config.profiles[place];
  const set = (bands: ScoreConfig["bands"] | null) => {
    if (!profile) return bands && onChange({ ...config, bands }, "bands");
    const profiles = replaceAt(config.profiles, place, { ...profile, bands });
    onChange({ ...config, profiles }, `bands.${place}`);
  };
  const inherits = Boolean(profile) && profile?.bands === null;
  return (
    <div className="stack">
      {config.profiles.length > 0 && (
        <div className="row wrap">
          <NativeSelect
            aria-label={t("bands.for")}
            value={profile ? chosen : EVERYBODY}
            options={[
              { value: EVERYBODY, label: t("bands.everybody") },
              ...config.profiles.map(({ name }, at) => ({ value: String(at), label: name })),
            ]}
            onChange={setChosen}
          />
          {profile && (
            <label className="row">
              <Switch
                size="small"
                checked={profile.bands !== null}
                disabled={disabled}
                onChange={(own) => set(own ? config.bands : null)}
              />
              {t("bands.own")}
            </label>
          )}
        </div>
      )}
      <BandsEditor bands={profile?.bands ?? config.bands} bins={bins} disabled={disabled || inherits} onChange={set} />
      <TiersPanel
        tiers={config.tiers}
        disabled={disabled}
        onChange={(tiers) => onChange({ ...config, tiers }, "tiers")}
      />
      <BaselinePanel
        baseline={config.baseline}
        disabled={disabled}
        onChange={(baseline) => onChange({ ...config, baseline }, "baseline")}
      />
    </div>
  );
}
