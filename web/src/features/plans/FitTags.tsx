import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";

type Plan = Schemas["PlanTemplateOut"];

export interface FitTagsProps {
  tiers?: NonNullable<Plan["tiers"]>;
  levels: NonNullable<Plan["levels"]>;
  causes: NonNullable<Plan["causes"]>;
}

/** For whom it is meant; nothing named = everybody. */
export function FitTags({ tiers = [], levels, causes }: FitTagsProps) {
  const { t } = useTranslation(["plans", "common", "work"]);
  const words = [
    ...tiers.map((tier) => t(`common:tier.${tier}`)),
    ...levels.map((level) => t(`common:level.${level}`)),
    ...causes.map((cause) => t(`work:cause.${cause}`)),
  ];
  return (
    <span className="row wrap">
      {(words.length ? words : [t("everybody")]).map((word) => (
        <span key={word} className="tag">
          {word}
        </span>
      ))}
    </span>
  );
}
