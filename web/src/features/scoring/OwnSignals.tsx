import { DeleteOutlined } from "@ant-design/icons";
import { Button, InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { ProfileEditorProps } from "./ProfileEditor";
import type { SignalSetting } from "./scoring.logic";

/** Signals whose points differ for the customers of a profile. */
export function OwnSignals({ profile, config, signals, disabled, onChange }: ProfileEditorProps) {
  const { t } = useTranslation("scoring");
  const own = signals.filter(({ key }) => key in profile.signals);
  const free = signals.filter(({ key }) => !(key in profile.signals));
  const set = (key: string, setting: SignalSetting) =>
    onChange({ ...profile, signals: { ...profile.signals, [key]: setting } }, `signal.${key}`);
  const remove = (key: string) => {
    const { [key]: _, ...others } = profile.signals;
    onChange({ ...profile, signals: others }, "");
  };
  return (
    <fieldset className="plain-fieldset">
      <legend className="muted small">{t("profile.signals")}</legend>
      <ul>
        {own.map(({ key, name, protective }) => {
          const setting = profile.signals[key];
          if (!setting) return null;
          return (
            <li key={key} className="row wrap">
              <Switch
                size="small"
                checked={setting.enabled}
                disabled={disabled}
                aria-label={t("signal.enable", { name })}
                onChange={(enabled) => set(key, { ...setting, enabled })}
              />
              <span className="grow">{name}</span>
              <InputNumber
                size="small"
                min={protective ? -40 : 0}
                max={protective ? 0 : 40}
                value={setting.points}
                disabled={disabled || !setting.enabled}
                aria-label={t("signal.pointsOf", { name })}
                onChange={(points) => points !== null && set(key, { ...setting, points })}
              />
              {!disabled && (
                <Button
                  type="text"
                  size="small"
                  icon={<Icon of={DeleteOutlined} />}
                  aria-label={t("profile.removeSignal", { name })}
                  onClick={() => remove(key)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {!disabled && free.length > 0 && (
        <NativeSelect
          aria-label={t("profile.addSignal")}
          value=""
          options={[
            { value: "", label: t("profile.addSignal") },
            ...free.map(({ key, name }) => ({ value: key, label: name })),
          ]}
          onChange={(key) => {
            const setting = config.signals[key];
            if (setting) set(key, setting);
          }}
        />
      )}
    </fieldset>
  );
}
