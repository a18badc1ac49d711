import { useTranslation } from "react-i18next";
import { score as scoreText } from "../lib/format";
import type { Level } from "../lib/risk";

/** The risk score as a number on its level's ground; its name says level and direction. */
export function Score({ score, level }: { score: number; level: Level }) {
  const { t } = useTranslation("common");
  const name = t("score.named", { score: scoreText(score), level: t(`level.${level}`) });
  return (
    <span className={`score risk-${level}`} title={name}>
      <span aria-hidden>{scoreText(score)}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

/** Must stand on every screen that shows a score. */
export function ScoreNote() {
  const { t } = useTranslation("common");
  return <span className="muted small">{t("score.note")}</span>;
}
