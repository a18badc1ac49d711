import { Button, Popconfirm } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { ChannelCallback } from "./ChannelCallback";
import { ChannelHealth, ChannelMark } from "./ChannelHealth";
import { ChannelTest } from "./ChannelTest";
import { ChannelTroubles } from "./ChannelTroubles";
import type { Channel, Kind } from "./channel.logic";

function Findings({ findings }: { findings: readonly Schemas["FindingOut"][] }) {
  const { t } = useTranslation("settings");
  return (
    <ul className="small" aria-label={t("channel.checked")}>
      {findings.map((finding) => (
        <li key={finding.name} className={finding.ok ? undefined : "overdue"}>
          {finding.label} · {t(finding.ok ? "channel.fine" : "channel.wrong")} · {finding.message}
        </li>
      ))}
    </ul>
  );
}

export interface ChannelRowProps {
  channel: Channel;
  kind: Kind | undefined;
  onEdit: () => void;
  onChanged: () => void;
  /** Buttons that move it. */
  order: ReactNode;
}

export function ChannelRow({ channel, kind, onEdit, onChanged, order }: ChannelRowProps) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const [open, setOpen] = useState<"test" | "troubles">();
  const params = { path: { slug, channel_id: channel.id } };
  const check = api.useMutation("post", "/api/v1/w/{slug}/channels/{channel_id}/check");
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/channels/{channel_id}", { onSuccess: onChanged });
  const close = () => {
    setOpen(undefined);
    onChanged();
  };
  return (
    <li className="item-row wrap">
      {order}
      <div className="grow">
        <div className="row wrap">
          <strong>{channel.name}</strong>
          <span className="tag">{channel.kind_label}</span>
          <ChannelMark channel={channel} />
        </div>
        <ChannelHealth channel={channel} />
        {channel.callback_url && <ChannelCallback channel={channel} onChanged={onChanged} />}
        {check.data && <Findings findings={check.data} />}
      </div>
      <div className="row wrap">
        <Button size="small" onClick={() => setOpen("test")}>
          {t("settings:channel.test")}
        </Button>
        {kind?.can_check && (
          <Button size="small" loading={check.isPending} onClick={() => check.mutate({ params })}>
            {t("settings:channel.check")}
          </Button>
        )}
        <Button size="small" onClick={() => setOpen("troubles")}>
          {t("settings:channel.troubles")}
        </Button>
        <Button size="small" onClick={onEdit}>
          {t("common:action.edit")}
        </Button>
        <Popconfirm title={t("settings:channel.deleteAsk")} onConfirm={() => remove.mutate({ params })}>
          <Button size="small" danger>
            {t("common:action.delete")}
          </Button>
        </Popconfirm>
      </div>
      {open === "test" && <ChannelTest channel={channel} kind={kind} onClose={close} />}
      {open === "troubles" && <ChannelTroubles channel={channel} onClose={close} />}
    </li>
  );
}
