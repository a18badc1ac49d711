import { PlusOutlined } from "@ant-design/icons";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ChannelModal } from "./ChannelModal";

export type Channel = Schemas["ChannelOut"];

function Health({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { dayTime } = useFormat();
  if (!channel.enabled) return <span className="tag">{t("channel.off")}</span>;
  if (channel.last_error) return <span className="risk-tag risk-high">{t("channel.failed")}</span>;
  if (channel.last_ok_at)
    return <span className="risk-tag risk-normal">{t("channel.ok", { when: dayTime(channel.last_ok_at) })}</span>;
  return <span className="tag">{t("channel.never")}</span>;
}

function ChannelRow({ channel, onEdit, onChanged }: { channel: Channel; onEdit: () => void; onChanged: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const params = { path: { slug, channel_id: channel.id } };
  const test = api.useMutation("post", "/api/v1/w/{slug}/channels/{channel_id}/test", { onSuccess: onChanged });
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/channels/{channel_id}", { onSuccess: onChanged });
  return (
    <li className="item-row">
      <div className="grow">
        <div className="row wrap">
          <strong>{channel.name}</strong>
          <span className="tag">{t(`settings:channel.${channel.kind === "webhook" ? "webhook" : "email"}`)}</span>
          <Health channel={channel} />
        </div>
        {channel.last_error && <p className="small overdue">{channel.last_error.message}</p>}
        {test.data && (
          <p className={test.data.ok ? "form-note" : "form-error"} role="status">
            {test.data.message}
          </p>
        )}
      </div>
      <Button size="small" loading={test.isPending} onClick={() => test.mutate({ params })}>
        {t("settings:channel.test")}
      </Button>
      <Button size="small" onClick={onEdit}>
        {t("common:action.edit")}
      </Button>
      <Popconfirm title={t("settings:channel.deleteAsk")} onConfirm={() => remove.mutate({ params })}>
        <Button size="small" danger>
          {t("common:action.delete")}
        </Button>
      </Popconfirm>
    </li>
  );
}

/** Ways out besides the app itself: e-mail and a signed webhook. */
export function ChannelsPage() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const can = useCan();
  const channels = api.useQuery("get", "/api/v1/w/{slug}/channels", { params: { path: { slug } } });
  const [edited, setEdited] = useState<Channel | "new" | null>(null);
  const refresh = () => void channels.refetch();
  if (!can("channels")) return <NoPermission />;
  return (
    <Panel
      extra={
        <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setEdited("new")}>
          {t("channel.add")}
        </Button>
      }
      flush
    >
      {channels.isPending && <SkeletonRows rows={2} height={56} />}
      {channels.isError && <ErrorState error={channels.error} retry={refresh} />}
      {channels.data?.length === 0 && <EmptyState title={t("channel.none")} text={t("channel.noneText")} />}
      <ul>
        {channels.data?.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} onEdit={() => setEdited(channel)} onChanged={refresh} />
        ))}
      </ul>
      {edited && (
        <ChannelModal
          channel={edited === "new" ? undefined : edited}
          onClose={() => {
            setEdited(null);
            refresh();
          }}
        />
      )}
    </Panel>
  );
}
