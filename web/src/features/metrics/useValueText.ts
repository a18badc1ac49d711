import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { short, type Unit } from "./metrics.logic";

/** A metric's value as people read it. */
export function useValueText(unit: Unit): (value: number) => string {
  const { t } = useTranslation("metrics");
  const { money, percent } = useFormat();
  switch (unit) {
    case "money":
      return money;
    case "share":
      return percent;
    case "days":
    case "weeks":
    case "hours":
    case "seconds":
    case "ratio":
      return (value) => t(`value.${unit}`, { value: short(value) });
    default:
      return short;
  }
}
