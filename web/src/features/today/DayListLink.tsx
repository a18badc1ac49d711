import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";

/** Leads from the five most urgent customers to the reader's whole list for the day's minutes (BEY-11). */
export function DayListLink() {
  const { t } = useTranslation("team");
  const to = useTo();
  return <Link to={to("/team?tab=day&own=1")}>{t("day.link")}</Link>;
}
