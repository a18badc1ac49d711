import { useTranslation } from "react-i18next";
import { currencySign } from "@/shared/lib/format";
import { useWorkspace } from "@/shared/session/SessionContext";

const UNITS = ["days", "percent", "count", "weeks", "points", "ratio", "hours", "minutes", "seconds"] as const;
const SAME: Record<string, (typeof UNITS)[number]> = {
  share: "percent",
  pct: "percent",
  times: "count",
  score: "points",
};

/** The words of a unit; money is the workspace's currency, a mere number has none, an unknown unit stays as it is written. */
export function useUnit(): (unit: string) => string {
  const { t } = useTranslation("rules");
  const { currency } = useWorkspace();
  return (unit) => {
    if (unit === "money") return currencySign(currency).trim();
    if (unit === "number") return "";
    const known = UNITS.find((one) => one === (SAME[unit] ?? unit));
    return known ? t(`unit.${known}`) : unit;
  };
}
