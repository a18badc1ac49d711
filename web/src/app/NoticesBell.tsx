import { BellOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";
import { linkIn } from "./navigation";

type Notice = Schemas["NoticeOut"];

function NoticeList({ items, close }: { items: readonly Notice[]; close: () => void }) {
  const { t } = useTranslation("shell");
  const { dayTime } = useFormat();
  const slug = useSlug();
  if (!items.length) return <p style={{ padding: "28px 16px", textAlign: "center" }}>{t("notices.none")}</p>;
  return (
    <ul>
      {items.map(({ id, text, link, created_at, read_at }) => (
        <li key={id}>
          <Link to={link ? linkIn(slug, link) : "."} onClick={close} className={`notice${read_at ? "" : " unread"}`}>
            {text}
            <span className="muted small num" style={{ display: "block" }}>
              {dayTime(created_at)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function NoticesBell() {
  const { t } = useTranslation("shell");
  const slug = useSlug();
  const path = { slug };
  const notices = api.useQuery("get", "/api/v1/w/{slug}/notices", { params: { path } }, { refetchInterval: 60_000 });
  const read = api.useMutation("post", "/api/v1/w/{slug}/notices/read", { onSuccess: () => void notices.refetch() });
  const unread = notices.data?.unread ?? 0;
  const items = notices.data?.items ?? [];
  return (
    <Popover
      label={t("notices.title")}
      trigger={(props) => (
        <button type="button" className="icon-button" aria-label={t("notices.named", { unread })} {...props}>
          <Icon of={BellOutlined} />
          {unread > 0 && <span className="dot">{unread > 99 ? "99+" : unread}</span>}
        </button>
      )}
    >
      {(close) => (
        <div className="notices">
          <div className="spread" style={{ padding: "10px 16px" }}>
            <strong>{t("notices.title")}</strong>
            {unread > 0 && (
              <button type="button" className="chip" onClick={() => read.mutate({ params: { path } })}>
                {t("notices.readAll")}
              </button>
            )}
          </div>
          <NoticeList items={items} close={close} />
        </div>
      )}
    </Popover>
  );
}
