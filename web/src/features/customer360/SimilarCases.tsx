import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type Chances, timesUsual } from "./chances.logic";

/** What became of customers whom the model once saw as near: how many, with the interval and everybody's rate beside. */
export function SimilarCases({ similar }: { similar: NonNullable<Chances["similar"]> }) {
  const { t } = useTranslation("chances");
  const { percent } = useFormat();
  const times = timesUsual(similar);
  return (
    <div className="chances-similar">
      <strong>{t("similar.title")}</strong>
      <p>{similar.text}</p>
      <div className="chances-range" aria-hidden>
        <span style={{ left: percent(similar.low, 1), width: percent(similar.high - similar.low, 1) }} />
        <i style={{ left: percent(similar.base_rate, 1) }} title={t("similar.base")} />
      </div>
      {times && <p className="muted small">{t("similar.times", { times })}</p>}
    </div>
  );
}
