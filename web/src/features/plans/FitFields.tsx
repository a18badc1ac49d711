import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { CAUSES, LEVELS, TIERS, toggled } from "./plans.logic";

type Plan = Schemas["PlanBody"];
export type Fit = Pick<Plan, "tiers" | "levels" | "causes">;

/** Tiers, levels and causes to tick; nothing ticked = any. */
export function FitFields({
  value,
  onChange,
  tiers,
}: {
  value: Fit;
  onChange: (fit: Partial<Fit>) => void;
  tiers: boolean;
}) {
  const { t } = useTranslation(["plans", "common", "work"]);
  return (
    <>
      {tiers && (
        <Ticks
          label={t("tiers")}
          items={TIERS.map((key) => ({ key, label: t(`common:tier.${key}`) }))}
          value={value.tiers}
          onChange={(tier) => onChange({ tiers: toggled(value.tiers, tier) })}
        />
      )}
      <Ticks
        label={t("levels")}
        items={LEVELS.map((key) => ({ key, label: t(`common:level.${key}`) }))}
        value={value.levels}
        onChange={(level) => onChange({ levels: toggled(value.levels, level) })}
      />
      <Ticks
        label={t("causes")}
        items={CAUSES.map((key) => ({ key, label: t(`work:cause.${key}`) }))}
        value={value.causes}
        onChange={(cause) => onChange({ causes: toggled(value.causes, cause) })}
      />
    </>
  );
}

interface TicksProps<K extends string> {
  label: string;
  items: readonly { key: K; label: string }[];
  value: readonly K[] | undefined;
  onChange: (key: K) => void;
}

/** Several of a few. */
export function Ticks<K extends string>({ label, items, value, onChange }: TicksProps<K>) {
  return (
    <div className="chips" role="group" aria-label={label}>
      <span className="muted small">{label}</span>
      {items.map(({ key, label: text }) => (
        <button
          key={key}
          type="button"
          className="chip"
          aria-pressed={value?.includes(key) ?? false}
          onClick={() => onChange(key)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
