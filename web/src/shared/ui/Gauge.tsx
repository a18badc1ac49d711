import { useTranslation } from "react-i18next";
import { score as scoreText } from "../lib/format";
import { type Bands, LEVEL_FILL, LEVEL_TEXT, levelOf } from "../lib/risk";
import { arcPath, bandArcs, knob } from "./gauge.logic";

const RADIUS = 80;

/** The score on its bands as own SVG; `before` marks an earlier score. */
export function Gauge({
  score,
  bands,
  before,
}: {
  score: number;
  bands: Bands;
  before?: { score: number; label: string };
}) {
  const { t } = useTranslation("common");
  const level = levelOf(score, bands);
  const { x, y } = knob(score, RADIUS);
  const start = { high: bands.high, medium: bands.medium, early: bands.early, normal: 0 }[level];
  const mark = before && knob(before.score, RADIUS + 13);
  const name = t("score.named", { score: scoreText(score), level: t(`level.${level}`) });
  return (
    <svg
      viewBox="0 0 200 128"
      role="img"
      aria-label={name}
      style={{ width: "100%", maxWidth: 280, display: "block", margin: "0 auto" }}
    >
      {bandArcs(bands, RADIUS).map((arc) => (
        <path
          key={arc.level}
          d={arc.path}
          fill="none"
          stroke={LEVEL_FILL[arc.level]}
          strokeOpacity={0.28}
          strokeWidth={12}
        />
      ))}
      <path
        d={arcPath(start, Math.max(score, start + 0.5), RADIUS)}
        fill="none"
        stroke={LEVEL_FILL[level]}
        strokeWidth={12}
      />
      <circle cx={x} cy={y} r={8} fill="#fff" stroke={LEVEL_FILL[level]} strokeWidth={4} />
      {before && mark && (
        <text x={mark.x} y={mark.y} fontSize={9} fill="#626B7E" textAnchor={mark.x < 100 ? "end" : "start"}>
          {before.label}
        </text>
      )}
      <text x={100} y={90} fontSize={42} fontWeight={700} textAnchor="middle" fill={LEVEL_TEXT[level]}>
        {scoreText(score)}
      </text>
      <text x={100} y={108} fontSize={12.5} textAnchor="middle" fill="#3D475C">
        {t(`level.${level}`)}
      </text>
      <text x={100} y={123} fontSize={9.5} textAnchor="middle" fill="#626B7E">
        {t("score.note")}
      </text>
    </svg>
  );
}
