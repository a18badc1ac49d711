import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { type Channel, toneOf } from "./channel.logic";

/** The last thing that happened, as a mark beside the name. */
export function ChannelMark({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { dayTime } = useFormat();
  const tone = toneOf(channel);
  if (tone === "failed") return <span className="risk-tag risk-high">{t("channel.failed")}</span>;
  if (tone === "ok" && channel.last_ok_at)
    return <span className="risk-tag risk-normal">{t("channel.ok", { when: dayTime(channel.last_ok_at) })}</span>;
  return <span className="tag">{t(tone === "off" ? "channel.off" : "channel.never")}</span>;
}

/** Figures of the last day and week, what waits, and the vendor's limits in use. */
export function ChannelHealth({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { dayTime } = useFormat();
  const { health } = channel;
  const parts = [
    t("channel.day", { counts: t("channel.counts", health.day) }),
    t("channel.week", { counts: t("channel.counts", health.week) }),
    ...(health.waiting ? [t("channel.waiting", { n: health.waiting })] : []),
    ...(health.receipts_open ? [t("channel.receipts", { n: health.receipts_open })] : []),
    ...health.uses.map((use) => t("channel.use", use)),
  ];
  return (
    <>
      {channel.last_error && (
        <p className="small overdue">
          {channel.last_error_at && `${dayTime(channel.last_error_at)} `}
          {channel.last_error.message}
        </p>
      )}
      <p className="small muted">{parts.join(" · ")}</p>
    </>
  );
}
