import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { type Message, toneOf } from "./messages.logic";
import { SendSheet } from "./SendSheet";
import "./messages.css";

const FEW = 5;
const MANY = 50;

/** What was sent to a customer, what was not and why; with 发消息. */
export function MessagesPanel({ customerId, customerName }: { customerId: number; customerName: string }) {
  const { t } = useTranslation("messages");
  const can = useCan();
  const [limit, setLimit] = useState(FEW);
  const [sending, setSending] = useState(false);
  const path = { slug: useSlug(), customer_id: customerId };
  const list = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/messages", {
    params: { path, query: { limit } },
  });
  return (
    <Panel
      title={t("panel.title")}
      extra={can("handle") && <Button onClick={() => setSending(true)}>{t("send.button")}</Button>}
    >
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t("panel.none")}</p>}
      <ul className="profile-list">
        {list.data?.items.map((message) => (
          <MessageLine key={message.id} message={message} />
        ))}
      </ul>
      {list.data?.next_cursor && limit === FEW && (
        <Button type="text" onClick={() => setLimit(MANY)}>
          {t("panel.more")}
        </Button>
      )}
      <SendSheet open={sending} customerId={customerId} customerName={customerName} onClose={() => setSending(false)} />
    </Panel>
  );
}

function MessageLine({ message }: { message: Message }) {
  const { t } = useTranslation("messages");
  const format = useFormat();
  const marks = [
    message.replied_at && t("panel.replied"),
    message.clicked_at && t("panel.clicked"),
    message.opened_at && t("panel.opened"),
    message.confirmed && t("panel.confirm", { done: message.confirmed }),
  ].filter(Boolean);
  return (
    <li>
      <div className="row wrap">
        <strong>{message.template_name}</strong>
        <span className="tag">{t(`medium.${message.medium}`)}</span>
        <span className={`risk-tag ${toneOf(message.status)}`}>{t(`status.${message.status}`)}</span>
      </div>
      <div className="muted small">
        {format.dayTime(message.planned_at)} {message.address} {marks.join(" · ")}
      </div>
      {message.reason && <div className="small overdue">{message.reason}</div>}
      {message.text && (
        <details>
          <summary className="small">{t("send.preview")}</summary>
          <p className="message-text">{message.text}</p>
        </details>
      )}
    </li>
  );
}
