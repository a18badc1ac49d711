import type { Schemas } from "@/shared/api/client";
import type { Language } from "@/shared/lib/format";
import { compact, count, currencySign, percent } from "@/shared/lib/format";

export type Kpi = Schemas["KpiOut"];

export interface KpiText {
  sign: string;
  number: string;
  unit: string;
}

/** The big number of a card (percents come as 0–100), split so that the unit can be set smaller. */
export function kpiText({ unit, value }: Pick<Kpi, "unit" | "value">, language: Language, currency: string): KpiText {
  if (unit === "percent") return { sign: "", number: percent(value / 100, 1).replace("%", ""), unit: "%" };
  if (unit === "money") {
    const { text, unit: step } = compact(value, language);
    return { sign: currencySign(currency), number: text, unit: step };
  }
  return { sign: "", number: count(value), unit: "" };
}

/** The size of a change: relative for counts and money, percentage points for percent. */
export function deltaSize({ unit, delta }: Pick<Kpi, "unit" | "delta">): number | null {
  if (delta === null) return null;
  const size = Math.abs(delta) * (unit === "percent" ? 1 : 100);
  return Math.round(size * (unit === "percent" ? 100 : 10)) / (unit === "percent" ? 100 : 10);
}

/** The least change that counts as one. */
export const flatBelow = ({ unit }: Pick<Kpi, "unit">) => (unit === "percent" ? 0.005 : 0.0005);

const COLORS = { bad: "#C9252D", good: "#0B7A56", flat: "#626B7E" } as const;

/** A spark takes the colour of what its change means. */
export function sparkColor({ delta, good }: Pick<Kpi, "delta" | "good">): string {
  if (!delta) return COLORS.flat;
  return delta > 0 === (good === "up") ? COLORS.good : COLORS.bad;
}
