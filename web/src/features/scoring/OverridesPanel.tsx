import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { Panel } from "@/shared/ui/Panel";

/** 人工调整 that hold now; each ends by itself, or here. */
export function OverridesPanel() {
  const { t } = useTranslation("scoring");
  const slug = useSlug();
  const to = useTo();
  const { day } = useFormat();
  const refresh = useRefreshAll();
  const list = api.useQuery("get", "/api/v1/w/{slug}/scoring/overrides", { params: { path: { slug } } });
  const end = api.useMutation("post", "/api/v1/w/{slug}/scoring/overrides/{override_id}/end", { onSuccess: refresh });
  if (!list.data?.length) return null;
  return (
    <Panel title={t("override.title")} flush>
      <ul className="scoring-list">
        {list.data.map(({ id, customer, fixed, value, reason, until, created_by }) => (
          <li key={id}>
            <Link to={to(`/customers/${customer.id}`)}>{customer.name}</Link>
            <span className="num">
              {t(fixed ? "override.fixedTo" : "override.added", { value: fixed || value < 0 ? value : `+${value}` })}
            </span>
            <span className="grow muted small">
              {[reason, created_by?.name, t("override.until", { day: day(until) })].filter(Boolean).join(" · ")}
            </span>
            <Popconfirm
              title={t("override.ask")}
              onConfirm={() => end.mutate({ params: { path: { slug, override_id: id } } })}
            >
              <Button size="small">{t("override.end")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
