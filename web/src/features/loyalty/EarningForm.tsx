import { Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/shared/session/SessionContext";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { type Programme, RISKS } from "./loyalty.logic";
import { NumberField } from "./NumberField";

export interface ProgrammeFormProps {
  programme: Programme;
  disabled: boolean;
  onChange: (programme: Programme) => void;
}

/** What earns points, and what is eased for customers at risk (LOY-01, LOY-02, LOY-04). */
export function EarningForm({ programme, disabled, onChange }: ProgrammeFormProps) {
  const { t } = useTranslation(["loyalty", "common"]);
  const { currency } = useWorkspace();
  const set = (part: Partial<Programme>) => onChange({ ...programme, ...part });
  const { winback, member_day: day, at_risk: risks, referral } = programme;
  return (
    <Panel
      title={t("earn.title")}
      extra={
        <Switch
          checked={programme.enabled}
          disabled={disabled}
          aria-label={t("earn.enabled")}
          onChange={(enabled) => set({ enabled })}
        />
      }
    >
      <div className="loyalty-form">
        <div className="params">
          <label className="param" htmlFor="loyalty-start">
            <span>{t("earn.starts")}</span>
            <Input
              id="loyalty-start"
              type="date"
              size="small"
              disabled={disabled}
              value={programme.starts_on ?? ""}
              onChange={(event) => set({ starts_on: event.target.value || null })}
            />
          </label>
          <NumberField
            label={t("earn.perMoney", { currency })}
            value={programme.per_money}
            step={0.1}
            disabled={disabled}
            onChange={(per_money) => set({ per_money })}
          />
          <NumberField
            label={t("earn.worth", { currency })}
            value={programme.worth}
            step={0.01}
            disabled={disabled}
            onChange={(worth) => set({ worth })}
          />
          <NumberField
            label={t("earn.expire")}
            value={programme.expire_days}
            min={1}
            disabled={disabled}
            onChange={(expire_days) => set({ expire_days })}
          />
        </div>
        <h3>{t("earn.risk")}</h3>
        <p className="muted small">{t("earn.riskText")}</p>
        <div className="loyalty-rows">
          {RISKS.map((risk) => (
            <div key={risk} className="loyalty-row">
              <span className={`risk-tag risk-${risk}`}>{t(`common:level.${risk}`)}</span>
              <NumberField
                label={t("earn.factor")}
                value={risks[risk].factor}
                min={1}
                max={10}
                step={0.1}
                disabled={disabled}
                onChange={(factor) => set({ at_risk: { ...risks, [risk]: { ...risks[risk], factor } } })}
              />
              <NumberField
                label={t("earn.price")}
                value={Math.round(risks[risk].price * 100)}
                min={10}
                max={100}
                disabled={disabled}
                onChange={(price) => set({ at_risk: { ...risks, [risk]: { ...risks[risk], price: price / 100 } } })}
              />
            </div>
          ))}
        </div>
        <h3>{t("earn.winback")}</h3>
        <div className="params">
          {(["points", "silent_days", "times"] as const).map((name) => (
            <NumberField
              key={name}
              label={t(`earn.winbackPart.${name}`)}
              value={winback[name]}
              disabled={disabled}
              onChange={(value) => set({ winback: { ...winback, [name]: value } })}
            />
          ))}
        </div>
        <h3>{t("earn.day")}</h3>
        <div className="loyalty-row">
          <NativeSelect
            aria-label={t("earn.dayKind")}
            value={day.weekly ? "week" : "month"}
            disabled={disabled}
            options={[
              { value: "month", label: t("earn.monthly") },
              { value: "week", label: t("earn.weekly") },
            ]}
            onChange={(kind) => set({ member_day: { ...day, weekly: kind === "week", day: Math.min(day.day, 7) } })}
          />
          <NumberField
            label={t("earn.dayNumber")}
            value={day.day}
            max={day.weekly ? 7 : 28}
            disabled={disabled}
            onChange={(value) => set({ member_day: { ...day, day: value } })}
          />
          <NumberField
            label={t("earn.factor")}
            value={day.factor}
            min={1}
            max={10}
            step={0.5}
            disabled={disabled}
            onChange={(factor) => set({ member_day: { ...day, factor } })}
          />
        </div>
        <h3>{t("earn.referral")}</h3>
        <div className="params">
          {(["referrer", "referred", "depth"] as const).map((name) => (
            <NumberField
              key={name}
              label={t(`earn.referralPart.${name}`)}
              value={referral[name]}
              {...(name === "depth" && { min: 1, max: 2 })}
              disabled={disabled}
              onChange={(value) => set({ referral: { ...referral, [name]: value } })}
            />
          ))}
        </div>
      </div>
    </Panel>
  );
}
