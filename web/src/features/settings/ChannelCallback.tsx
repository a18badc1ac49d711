import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone } from "@/shared/ui/notify";
import type { Channel } from "./channel.logic";

/** The address that the vendor calls: to be copied into its console, with the last call that came. */
export function ChannelCallback({ channel, onChanged }: { channel: Channel; onChanged: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const { dayTime } = useFormat();
  const slug = useSlug();
  const renew = api.useMutation("post", "/api/v1/w/{slug}/channels/{channel_id}/callback", { onSuccess: onChanged });
  const copy = () =>
    navigator.clipboard?.writeText(channel.callback_url).then(() => notifyDone(t("common:action.copied")));
  const params = { path: { slug, channel_id: channel.id } };
  return (
    <div className="row wrap small">
      <span className="muted">
        {t("settings:channel.callback")} ·{" "}
        {channel.last_callback_at
          ? t("settings:channel.callbackLast", { when: dayTime(channel.last_callback_at) })
          : t("settings:channel.callbackNever")}
        {!channel.callback_public && ` · ${t("settings:channel.callbackPrivate")}`}
      </span>
      <Button size="small" type="link" onClick={copy}>
        {t("settings:channel.callbackCopy")}
      </Button>
      <Popconfirm title={t("settings:channel.callbackRenewAsk")} onConfirm={() => renew.mutate({ params })}>
        <Button size="small" type="link">
          {t("settings:channel.callbackRenew")}
        </Button>
      </Popconfirm>
    </div>
  );
}
