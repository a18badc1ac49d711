import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { RuleOut } from "../types";

/** Measured precision, never without its interval and n. */
export function PrecisionText({ precision }: Pick<RuleOut, "precision">) {
  const { t } = useTranslation("rules");
  const { percent, count } = useFormat();
  if (!precision) return <span className="muted small">{t("precision.none")}</span>;
  const { value, low, high, n } = precision;
  return (
    <span title={t("precision.why")}>
      <strong>{percent(value, 0)}</strong>{" "}
      <span className="muted small nowrap">
        {t("precision.interval", { low: percent(low, 0), high: percent(high, 0), n: count(n) })}
      </span>
    </span>
  );
}
