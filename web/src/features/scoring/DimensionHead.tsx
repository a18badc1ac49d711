import { Input, InputNumber, Slider } from "antd";
import { useTranslation } from "react-i18next";
import type { Dimension } from "./scoring.logic";

export const MOST_WEIGHT = 3;

/** First level: a dimension's name, its weight by slider or number, and the share that comes of it. */
export function DimensionHead({
  family,
  name,
  weight,
  share,
  disabled,
  onChange,
}: {
  family: string;
  name: string;
  weight: number;
  share: number;
  disabled: boolean;
  onChange: (change: Partial<Dimension>) => void;
}) {
  const { t } = useTranslation(["scoring", "common"]);
  const own = t(`common:family.${family as "intent"}`);
  const shown = name || own;
  const set = (next: number | null) => next !== null && onChange({ weight: next });
  const bounds = { min: 0, max: MOST_WEIGHT, step: 0.1 };
  return (
    <div className="dimension">
      <h3 className="grow">
        <Input
          variant="borderless"
          value={name}
          placeholder={own}
          maxLength={40}
          disabled={disabled}
          aria-label={t("scoring:dimension.name", { name: own })}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </h3>
      <span className="share num" title={t("scoring:dimension.shareOf", { name: shown })}>
        {share}%
      </span>
      <div className="points">
        <Slider
          {...bounds}
          value={weight}
          disabled={disabled}
          onChange={set}
          ariaLabelForHandle={t("scoring:dimension.weightOf", { name: shown })}
        />
        <InputNumber
          {...bounds}
          size="small"
          prefix="×"
          value={weight}
          disabled={disabled}
          onChange={set}
          aria-label={t("scoring:dimension.weightOf", { name: shown })}
        />
      </div>
    </div>
  );
}
