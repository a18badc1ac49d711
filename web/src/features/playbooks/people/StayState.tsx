import { useTranslation } from "react-i18next";
import type { Enrolment } from "../types";

/** 在「…」, 对照组, or how it ended. */
export function StayState({ stay }: { stay: Enrolment }) {
  const { t } = useTranslation("playbooks");
  if (stay.arm === "holdout") return <span className="tag">{t("people.heldOut")}</span>;
  if (stay.ended_at) return <span>{stay.end_text || t("people.over")}</span>;
  return <span>{t("people.at", { step: stay.node_text })}</span>;
}
