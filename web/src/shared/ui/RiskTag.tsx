import { useTranslation } from "react-i18next";
import type { Level } from "../lib/risk";

/** The level as word + colour. */
export function RiskTag({ level }: { level: Level }) {
  const { t } = useTranslation("common");
  return <span className={`risk-tag risk-${level}`}>{t(`level.${level}`)}</span>;
}
