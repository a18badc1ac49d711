import { useTranslation } from "react-i18next";
import { points } from "@/shared/lib/format";
import { useFormat } from "@/shared/session/useFormat";
import type { Effects } from "../types";

/** 命中后 in one line. */
export function useEffectWords(): (effects: Effects) => string {
  const { t } = useTranslation(["rules", "common", "tickets"]);
  const { language } = useFormat();
  return ({ level, work_item, notify, ticket, points: more }) => {
    const parts = [
      level !== "none" && t(`common:level.${level}`),
      work_item && t("effects.workItem"),
      ticket !== "" && t("effects.ticketOf", { topic: t(`tickets:topic.${ticket}`) }),
      notify && t("effects.notify"),
      more !== 0 && `${t("effects.points")} ${points(more)}`,
    ].filter((part) => typeof part === "string");
    return parts.join(language === "en" ? ", " : "\u3001") || t("publish.nothing");
  };
}
