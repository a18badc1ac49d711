import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import { compactText } from "@/shared/lib/format";
import { useTo, useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { Logo } from "./Logo";
import { type NavItem, navGroups, phoneTabs } from "./navigation";
import { prefetchPage } from "./pages";
import { useWorkCounts } from "./useWorkCounts";

function usePrefetch(item: NavItem) {
  const load = () => prefetchPage(item.page);
  return { onPointerEnter: load, onFocus: load, onTouchStart: load };
}

function SideLink({ item, count }: { item: NavItem; count?: number }) {
  const { t } = useTranslation("shell");
  const { language } = useFormat();
  const to = useTo();
  return (
    <NavLink to={to(item.path)} className="nav-link" {...usePrefetch(item)}>
      <Icon of={item.icon} />
      {t(`nav.${item.key}`)}
      {count ? (
        <span className="nav-count">
          {compactText(count, language)}
          <span className="sr-only">{t("nav.open")}</span>
        </span>
      ) : null}
    </NavLink>
  );
}

export function SideNav() {
  const { t } = useTranslation(["shell", "common"]);
  const workspace = useWorkspace();
  const counts = useWorkCounts();
  const to = useTo();
  return (
    <nav className="shell-nav" aria-label={t("shell:nav.label")}>
      <Link to={to("")} className="shell-brand">
        <Logo />
        {t("common:product")}
      </Link>
      {navGroups(workspace).map(({ key, items }) => (
        <div key={key} className={`nav-group${key === "foot" ? " foot" : ""}`}>
          {key !== "foot" && <div className="nav-title">{t(`shell:group.${key}`)}</div>}
          {items.map((item) => (
            <SideLink key={item.key} item={item} count={item.counted && counts[item.counted]} />
          ))}
        </div>
      ))}
    </nav>
  );
}

function Tab({ item }: { item: NavItem }) {
  const { t } = useTranslation("shell");
  const to = useTo();
  return (
    <NavLink to={to(item.path)} {...usePrefetch(item)}>
      <Icon of={item.icon} />
      {t(`tab.${item.key as "today" | "alerts" | "tasks" | "customers" | "data" | "me"}`)}
    </NavLink>
  );
}

export function TabBar() {
  const { t } = useTranslation("shell");
  return (
    <nav className="tabbar" aria-label={t("nav.label")}>
      {phoneTabs(useWorkspace()).map((item) => (
        <Tab key={item.key} item={item} />
      ))}
    </nav>
  );
}
