import { CopyOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";

/** A secret address with the own tasks, for calendar programs; made, replaced and stopped here. */
export function CalendarPanel() {
  const { t } = useTranslation(["work", "common"]);
  const format = useFormat();
  const path = { slug: useSlug() };
  const feed = api.useQuery("get", "/api/v1/w/{slug}/calendar-feed", { params: { path } });
  const options = { onSuccess: () => feed.refetch() };
  const make = api.useMutation("post", "/api/v1/w/{slug}/calendar-feed", options);
  const stop = api.useMutation("delete", "/api/v1/w/{slug}/calendar-feed", options);
  const url = feed.data?.is_on ? make.data?.url : undefined;
  const send = { params: { path } };
  return (
    <Panel title={t("feed.title")}>
      <div className="stack">
        <p className="muted">{t("feed.text")}</p>
        {feed.isError && <ErrorState error={feed.error} retry={() => void feed.refetch()} />}
        {url && (
          <div className="row wrap">
            <Input readOnly aria-label={t("feed.address")} value={url} onFocus={(event) => event.target.select()} />
            <Button icon={<Icon of={CopyOutlined} />} onClick={() => void copyText(url)}>
              {t("common:action.copy")}
            </Button>
            <span className="muted small">{t("feed.once")}</span>
          </div>
        )}
        {feed.data?.is_on && feed.data.created_at && (
          <p className="small">
            {t("feed.since", { day: format.day(feed.data.created_at) })}
            {feed.data.read_at
              ? ` · ${t("feed.read", { time: format.dayTime(feed.data.read_at) })}`
              : ` · ${t("feed.unread")}`}
          </p>
        )}
        {feed.data && (
          <div className="row wrap">
            <Button
              type={feed.data.is_on ? "default" : "primary"}
              loading={make.isPending}
              onClick={() => make.mutate(send)}
            >
              {feed.data.is_on ? t("feed.again") : t("feed.make")}
            </Button>
            {feed.data.is_on && (
              <Button danger loading={stop.isPending} onClick={() => stop.mutate(send)}>
                {t("feed.stop")}
              </Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
