import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Channel } from "./channel.logic";

interface RowProps {
  channel: Channel;
  trouble: Schemas["TroubleOut"];
  onChanged: () => void;
}

function TroubleRow({ channel, trouble, onChanged }: RowProps) {
  const { t } = useTranslation("settings");
  const { dayTime } = useFormat();
  const slug = useSlug();
  const [said, setSaid] = useState<Schemas["TroubleAskOut"]["state"]>();
  const path = "/api/v1/w/{slug}/channels/{channel_id}/troubles/{message_id}";
  const ask = api.useMutation("post", `${path}/ask`, { onSuccess: ({ state }) => setSaid(state) });
  const mark = api.useMutation("post", `${path}/mark`, { onSuccess: onChanged });
  const params = { path: { slug, channel_id: channel.id, message_id: trouble.id } };
  return (
    <li className="item-row">
      <div className="grow">
        <div className="row wrap">
          <span className="tag">
            {t(trouble.state === "unknown" ? "channel.troubleUnknown" : "channel.troubleFailed")}
          </span>
          <span className="small muted">
            {dayTime(trouble.at)} · {t(trouble.to_customer ? "channel.troubleCustomer" : "channel.troubleStaff")}
          </span>
          {said && <strong role="status">{t(`channel.asked.${said}`)}</strong>}
        </div>
        <p className="small">{trouble.message}</p>
      </div>
      {trouble.can_ask && (
        <Button size="small" loading={ask.isPending} onClick={() => ask.mutate({ params })}>
          {t("channel.ask")}
        </Button>
      )}
      <Button size="small" onClick={() => mark.mutate({ params, body: { arrived: true } })}>
        {t("channel.markArrived")}
      </Button>
      {trouble.state === "unknown" && (
        <Button size="small" onClick={() => mark.mutate({ params, body: { arrived: false } })}>
          {t("channel.markLost")}
        </Button>
      )}
    </li>
  );
}

/** Messages that failed or whose fate is unknown: asked for again or marked, never sent again from here. */
export function ChannelTroubles({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const list = api.useQuery("get", "/api/v1/w/{slug}/channels/{channel_id}/troubles", {
    params: { path: { slug, channel_id: channel.id } },
  });
  const refresh = () => void list.refetch();
  return (
    <Modal open width={720} title={`${t("channel.troubles")} · ${channel.name}`} footer={null} onCancel={onClose}>
      {list.isPending && <SkeletonRows rows={3} height={48} />}
      {list.isError && <ErrorState error={list.error} retry={refresh} />}
      {list.data?.length === 0 && <p className="muted">{t("channel.troublesNone")}</p>}
      <ul>
        {list.data?.map((trouble) => (
          <TroubleRow key={trouble.id} channel={channel} trouble={trouble} onChanged={refresh} />
        ))}
      </ul>
    </Modal>
  );
}
