import { InputNumber, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { Histogram } from "@/features/dashboard/Histogram";
import { type Bands, LEVEL_FILL } from "@/shared/lib/risk";
import { Panel } from "@/shared/ui/Panel";
import { ScoreNote } from "@/shared/ui/Score";
import { type Bin, bandsOf, recolour } from "./scoring.logic";

const NAMES = ["early", "medium", "high"] as const;

function gradient({ early, medium, high }: Bands): string {
  const { normal, early: yellow, medium: orange, high: red } = LEVEL_FILL;
  return `linear-gradient(90deg, ${normal} ${early}%, ${yellow} ${early}% ${medium}%, ${orange} ${medium}% ${high}%, ${red} ${high}%)`;
}

/** Cut-offs by dragging or by number, over today's customers. */
export function BandsEditor({
  bands,
  bins,
  onChange,
  disabled,
}: {
  bands: Bands;
  bins: readonly Bin[];
  onChange: (bands: Bands) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation(["scoring", "common"]);
  return (
    <Panel title={t("scoring:bands.title")} extra={<ScoreNote />}>
      <Histogram bins={recolour(bins, bands)} height={150} />
      <Slider
        range
        min={0}
        max={100}
        value={[bands.early, bands.medium, bands.high]}
        onChange={(values) => onChange(bandsOf(values, bands))}
        disabled={disabled}
        ariaLabelForHandle={NAMES.map((name) => t("scoring:bands.from", { level: t(`common:level.${name}`) }))}
        styles={{
          rail: { background: gradient(bands) },
          track: { background: "transparent" },
          tracks: { background: "transparent" },
        }}
      />
      <div className="band-numbers">
        {NAMES.map((name) => (
          <label key={name}>
            <span className={`risk-tag risk-${name}`}>{t(`common:level.${name}`)}</span>
            <span className="muted small">{t(`scoring:bands.${name}`)}</span>
            <InputNumber
              min={0}
              max={100}
              value={bands[name]}
              disabled={disabled}
              onChange={(value) =>
                value !== null &&
                onChange(
                  bandsOf(
                    NAMES.map((other) => (other === name ? value : bands[other])),
                    bands,
                  ),
                )
              }
            />
          </label>
        ))}
      </div>
    </Panel>
  );
}
