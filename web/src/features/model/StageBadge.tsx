import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";

const STAGES = ["rules", "calibrated", "model"] as const;

/** 规则 → 校准 → 模型: how far the outcomes reach, and what the next step lacks. */
export function StageBadge({ preview }: { preview: Schemas["LabelPreviewOut"] }) {
  const { t } = useTranslation("model");
  return (
    <div className="stage">
      <ol className="stage-steps" aria-label={t("stage.label")}>
        {STAGES.map((stage) => (
          <li key={stage} aria-current={stage === preview.stage ? "step" : undefined}>
            {t(`stage.${stage}`)}
          </li>
        ))}
      </ol>
      <p className="muted">{t(`stage.text.${preview.stage}`)}</p>
      {preview.missing.length > 0 && (
        <ul className="missing">
          {preview.missing.map(({ what, text }) => (
            <li key={what}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
