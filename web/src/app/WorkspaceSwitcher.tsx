import { CheckOutlined, DownOutlined, PlusOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession, useWorkspace } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";
import { SampleMark } from "@/shared/ui/SampleMark";

export function WorkspaceSwitcher() {
  const { t } = useTranslation("shell");
  const { workspaces } = useSession();
  const current = useWorkspace();
  const isAdmin = workspaces.some(({ role }) => role === "admin");
  return (
    <Popover
      label={t("switcher.label")}
      trigger={(props) => (
        <button type="button" className="switcher" {...props}>
          <span className="sr-only">{t("switcher.label")}</span>
          <span className="ellipsis">{current.name}</span>
          <Icon of={DownOutlined} className="small muted" />
        </button>
      )}
    >
      {(close) => (
        <div className="menu">
          {workspaces.map(({ slug, name, is_sample }) => (
            <Link
              key={slug}
              to={`/w/${slug}`}
              onClick={close}
              className={`menu-item${slug === current.slug ? " on" : ""}`}
            >
              <span className="grow ellipsis">{name}</span>
              {is_sample && <SampleMark />}
              {slug === current.slug && <Icon of={CheckOutlined} />}
            </Link>
          ))}
          {isAdmin && (
            <>
              <div className="menu-line" />
              <Link to="/workspaces/new" onClick={close} className="menu-item">
                <Icon of={PlusOutlined} />
                {t("switcher.new")}
              </Link>
            </>
          )}
        </div>
      )}
    </Popover>
  );
}
