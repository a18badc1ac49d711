import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, Outlet, useLocation } from "react-router";
import { usePhone } from "@/shared/lib/useMedia";
import { useSession, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { useSignOut } from "@/shared/session/useSignOut";
import { useSwitchLanguage } from "@/shared/session/useSwitchLanguage";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { type Section, sectionsFor } from "./sections";
import "./settings.css";

/** Pages that the phone's tabs do not hold. */
const PHONE_PAGES = ["team", "reports", "tickets", "feedback", "renewals", "rules", "playbooks", "loyalty"] as const;

function Links({ sections, chevron }: { sections: readonly Section[]; chevron?: boolean }) {
  const { t } = useTranslation("settings");
  const to = useTo();
  return sections.map(({ key }) => (
    <NavLink key={key} to={to(`/settings/${key}`)}>
      {t(`section.${key}`)}
      {chevron && <Icon of={RightOutlined} className="small muted" />}
    </NavLink>
  ));
}

/** The phone's 我的: everything personal, and the settings this role has. */
function PhoneMenu() {
  const { t } = useTranslation(["settings", "shell"]);
  const { me } = useSession();
  const workspace = useWorkspace();
  const to = useTo();
  const signOut = useSignOut();
  const [other, switchLanguage] = useSwitchLanguage();
  const { scope } = workspace;
  const hidden: readonly string[] = scope === "none" ? [...PHONE_PAGES] : scope === "own" ? ["reports"] : [];
  return (
    <div className="stack">
      <PageHeader title={me?.name ?? t("shell:nav.me")} meta={me?.email} />
      <nav className="settings-menu list" aria-label={t("shell:nav.me")}>
        <NavLink to={to("/dashboard")}>
          {t("shell:nav.dashboard")}
          <Icon of={RightOutlined} className="small muted" />
        </NavLink>
        {PHONE_PAGES.filter((key) => !hidden.includes(key)).map((key) => (
          <NavLink key={key} to={to(`/${key}`)}>
            {t(`shell:nav.${key}`)}
            <Icon of={RightOutlined} className="small muted" />
          </NavLink>
        ))}
        <Links sections={sectionsFor(workspace)} chevron />
      </nav>
      <div className="settings-menu list">
        <button type="button" className="menu-item" onClick={switchLanguage}>
          {other}
        </button>
        <button type="button" className="menu-item" onClick={signOut}>
          {t("shell:account.signOut")}
        </button>
      </div>
    </div>
  );
}

export function SettingsPage() {
  const { t } = useTranslation(["settings", "shell"]);
  const to = useTo();
  const phone = usePhone();
  const { pathname } = useLocation();
  const sections = sectionsFor(useWorkspace());
  const isIndex = pathname === to("/settings");
  if (isIndex && phone) return <PhoneMenu />;
  if (isIndex) return <Navigate to={to("/settings/profile")} replace />;
  const current = sections.find(({ key }) => pathname.endsWith(`/${key}`));
  return (
    <>
      <PageHeader
        title={current ? t(`settings:section.${current.key}`) : t("shell:nav.settings")}
        meta={
          phone && (
            <NavLink to={to("/settings")} className="settings-back">
              <Icon of={LeftOutlined} /> {t("settings:back")}
            </NavLink>
          )
        }
      />
      <div className="settings">
        {!phone && (
          <nav className="settings-menu" aria-label={t("shell:nav.settings")}>
            <Links sections={sections} />
          </nav>
        )}
        <div className="stack">
          <Outlet />
        </div>
      </div>
    </>
  );
}
