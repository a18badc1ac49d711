import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";

/** How far up the ladder a task's alert went, and that one stands in for its owner. */
export function TaskMarks({ item }: { item: Pick<Schemas["WorkItemOut"], "escalation_step" | "stands_in"> }) {
  const { t } = useTranslation("routing");
  return (
    <>
      {item.escalation_step > 0 && (
        <span className="risk-tag risk-high">{t("tag.escalated", { step: item.escalation_step })}</span>
      )}
      {item.stands_in && <span className="tag tag-doing">{t("tag.standIn")}</span>}
    </>
  );
}
