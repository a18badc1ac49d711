import { useTranslation } from "react-i18next";
import { score as scoreText } from "../lib/format";
import type { Level } from "../lib/risk";

/** The risk score as a number on its level's ground; its name says level and direction, a mark that a person adjusted it. */
export function Score({ score, level, adjusted = false }: { score: number; level: Level; adjusted?: boolean }) {
  const { t } = useTranslation("common");
  const named = t("score.named", { score: scoreText(score), level: t(`level.${level}`) });
  const name = adjusted ? `${named} · ${t("score.adjusted")}` : named;
  return (
    <span className={`score risk-${level}`} title={name}>
      <span aria-hidden>
        {scoreText(score)}
        {adjusted && <sup>{t("score.adjustedMark")}</sup>}
      </span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

/** Must stand on every screen that shows a score. */
export function ScoreNote() {
  const { t } = useTranslation("common");
  return <span className="muted small">{t("score.note")}</span>;
}
