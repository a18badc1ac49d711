import { LogoutOutlined, SettingOutlined, TranslationOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { useSignOut } from "@/shared/session/useSignOut";
import { useSwitchLanguage } from "@/shared/session/useSwitchLanguage";
import { initials } from "@/shared/ui/Avatar";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";

export function AccountMenu() {
  const { t } = useTranslation(["shell", "common"]);
  const { me } = useSession();
  const { role } = useWorkspace();
  const to = useTo();
  const signOut = useSignOut();
  const [other, switchLanguage] = useSwitchLanguage();
  if (!me) return null;
  return (
    <Popover
      label={t("shell:account.label")}
      trigger={(props) => (
        <button type="button" className="avatar" aria-label={t("shell:account.label")} {...props}>
          {initials(me.name || me.email)}
        </button>
      )}
    >
      {(close) => (
        <div className="menu">
          <div style={{ padding: "6px 10px 8px" }}>
            <div style={{ fontWeight: 600 }}>{me.name}</div>
            <div className="muted small">
              {me.email}
              {role && ` · ${t(`common:role.${role}`)}`}
            </div>
          </div>
          <div className="menu-line" />
          <Link to={to("/settings/profile")} onClick={close} className="menu-item">
            <Icon of={SettingOutlined} />
            {t("shell:account.profile")}
          </Link>
          <button type="button" className="menu-item" onClick={switchLanguage}>
            <Icon of={TranslationOutlined} />
            {other}
          </button>
          <div className="menu-line" />
          <button type="button" className="menu-item" onClick={signOut}>
            <Icon of={LogoutOutlined} />
            {t("shell:account.signOut")}
          </button>
        </div>
      )}
    </Popover>
  );
}
