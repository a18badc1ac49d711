import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import "./watch.css";

/** 客户 and, beside it, the customers on a thin thread. */
export function CustomerTabs() {
  const { t } = useTranslation("routing");
  const to = useTo();
  return (
    <nav className="page-tabs" aria-label={t("watch.tabs")}>
      <NavLink to={to("/customers")} end>
        {t("watch.customers")}
      </NavLink>
      <NavLink to={to("/customers/watch")}>{t("watch.title")}</NavLink>
    </nav>
  );
}
