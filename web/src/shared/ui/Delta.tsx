import { useTranslation } from "react-i18next";
import { toneOfDelta } from "../lib/risk";

export interface DeltaProps {
  value: number | null | undefined;
  /** Which direction is bad; for a risk score rising is. */
  risingIsBad?: boolean;
  /** The size as text, without a sign: "8.2%". Default: rounded. */
  text?: string;
  /** Below this size the change counts as none. */
  flatBelow?: number;
}

/** A change, coloured by good and bad, with an arrow for those who do not see the colour. */
export function Delta({ value, risingIsBad = true, text, flatBelow = 0.5 }: DeltaProps) {
  const { t } = useTranslation("common");
  if (value === null || value === undefined) return null;
  const tone = Math.abs(value) < flatBelow ? "flat" : toneOfDelta(value / flatBelow, risingIsBad);
  if (tone === "flat") return <span className="delta flat">{t("delta.flat")}</span>;
  const up = value > 0;
  return (
    <span className={`delta ${tone}`}>
      <svg width="9" height="8" viewBox="0 0 10 9" aria-hidden>
        <path d={up ? "M5 0 10 9H0Z" : "M5 9 0 0h10Z"} fill="currentColor" />
      </svg>
      <span className="sr-only">{t(up ? "delta.up" : "delta.down")}</span>
      {text ?? Math.abs(Math.round(value))}
    </span>
  );
}
