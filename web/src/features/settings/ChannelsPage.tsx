import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { UnmatchedContacts } from "@/features/wecom/UnmatchedContacts";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ChannelModal } from "./ChannelModal";
import { ChannelRow } from "./ChannelRow";
import { type Channel, moved } from "./channel.logic";

function OrderButtons({ channel, move }: { channel: Channel; move: (step: -1 | 1) => void }) {
  const { t } = useTranslation("settings");
  return (
    <div className="stack" style={{ gap: 0 }}>
      <Button
        size="small"
        type="text"
        aria-label={t("channel.up", { name: channel.name })}
        icon={<Icon of={ArrowUpOutlined} />}
        onClick={() => move(-1)}
      />
      <Button
        size="small"
        type="text"
        aria-label={t("channel.down", { name: channel.name })}
        icon={<Icon of={ArrowDownOutlined} />}
        onClick={() => move(1)}
      />
    </div>
  );
}

/** Ways out besides the app itself, with how each does. */
export function ChannelsPage() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const can = useCan();
  const allowed = { enabled: can("channels") };
  const params = { params: { path: { slug } } };
  const channels = api.useQuery("get", "/api/v1/w/{slug}/channels", params, allowed);
  const kinds = api.useQuery("get", "/api/v1/w/{slug}/channel-kinds", params, allowed);
  const refresh = () => void channels.refetch();
  const order = api.useMutation("post", "/api/v1/w/{slug}/channels/order", { onSuccess: refresh });
  const [edited, setEdited] = useState<Channel | "new" | null>(null);
  if (!can("channels")) return <NoPermission />;
  const ids = (channels.data ?? []).map((channel) => channel.id);
  const close = () => {
    setEdited(null);
    refresh();
  };
  return (
    <div className="stack">
      <Panel
        extra={
          <Button
            type="primary"
            disabled={!kinds.data}
            icon={<Icon of={PlusOutlined} />}
            onClick={() => setEdited("new")}
          >
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
            <ChannelRow
              key={channel.id}
              channel={channel}
              kind={kinds.data?.find((kind) => kind.name === channel.kind)}
              onEdit={() => setEdited(channel)}
              onChanged={refresh}
              order={
                ids.length > 1 && (
                  <OrderButtons
                    channel={channel}
                    move={(step) => order.mutate({ ...params, body: { ids: moved(ids, channel.id, step) } })}
                  />
                )
              }
            />
          ))}
        </ul>
        {edited && kinds.data && (
          <ChannelModal kinds={kinds.data} channel={edited === "new" ? undefined : edited} onClose={close} />
        )}
      </Panel>
      {can("assign") && <UnmatchedContacts />}
    </div>
  );
}
