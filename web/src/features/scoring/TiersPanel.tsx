import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { Panel } from "@/shared/ui/Panel";
import { type Tiers, tiersBy } from "./scoring.logic";

const NAMES = ["high", "mid"] as const;

/** SCR-09 价值层级: from which yearly value a customer is of high or of middle value. */
export function TiersPanel({
  tiers,
  disabled,
  onChange,
}: {
  tiers: Tiers;
  disabled: boolean;
  onChange: (tiers: Tiers) => void;
}) {
  const { t } = useTranslation("scoring");
  const share = tiers.by === "percentile";
  const upside = tiers.mid >= tiers.high;
  return (
    <Panel title={t("tiers.title")}>
      <p className="muted small">{t("tiers.text")}</p>
      <div className="params">
        <div className="param">
          <span>{t("tiers.by")}</span>
          <NativeSelect
            aria-label={t("tiers.by")}
            value={tiers.by}
            disabled={disabled}
            options={[
              { value: "amount", label: t("tiers.amount") },
              { value: "percentile", label: t("tiers.percentile") },
            ]}
            onChange={(by) => onChange(tiersBy(by === "percentile" ? by : "amount"))}
          />
        </div>
        {NAMES.map((name) => (
          <label key={name} className="param">
            <span>{t(share ? `tiers.${name}Share` : `tiers.${name}Amount`)}</span>
            <InputNumber
              size="small"
              min={0}
              max={share ? 100 : 1_000_000_000_000}
              status={upside ? "error" : ""}
              value={share ? Math.round((1 - tiers[name]) * 1000) / 10 : tiers[name]}
              disabled={disabled}
              onChange={(value) => value !== null && onChange({ ...tiers, [name]: share ? shareBelow(value) : value })}
            />
          </label>
        ))}
      </div>
      {upside && (
        <p className="form-error small" role="alert">
          {t("tiers.upside")}
        </p>
      )}
    </Panel>
  );
}

/** "The top 5 %" is stored as the share that lies below. */
const shareBelow = (percent: number) => Math.round((100 - percent) * 10) / 1000;
