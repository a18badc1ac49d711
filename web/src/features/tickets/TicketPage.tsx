import { ArrowLeftOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { TicketActions } from "./TicketActions";
import "./tickets.css";

type Ticket = Schemas["TicketOut"];

/** One ticket: what is asked, who has it, what was said; the reader's next move. */
export function TicketPage() {
  const { t } = useTranslation("tickets");
  const to = useTo();
  const id = Number(useParams().ticketId);
  const path = { slug: useSlug(), ticket_id: id };
  const ticket = api.useQuery("get", "/api/v1/w/{slug}/tickets/{ticket_id}", { params: { path } });
  if (ticket.isError) return <ErrorState error={ticket.error} retry={() => void ticket.refetch()} />;
  if (!ticket.data) return <SkeletonCards cards={2} height={160} />;
  return (
    <div className="stack ticket-page">
      <Link to={to("/tickets")} className="back-link">
        <Icon of={ArrowLeftOutlined} />
        {t("title")}
      </Link>
      <PageHeader title={ticket.data.title} actions={<TicketActions ticket={ticket.data} />} />
      <TicketFacts ticket={ticket.data} />
      <History ticket={ticket.data} />
    </div>
  );
}

function TicketFacts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation(["tickets", "common"]);
  const to = useTo();
  const format = useFormat();
  const name = ticket.customer.name;
  return (
    <Panel title={t("what")}>
      {ticket.text && <p className="ticket-text">{ticket.text}</p>}
      <dl className="facts">
        <dt>{t("statusLabel")}</dt>
        <dd>{t(`status.${ticket.status}`)}</dd>
        <dt>{t("customer")}</dt>
        <dd>{ticket.customer_is_visible ? <Link to={to(`/customers/${ticket.customer.id}`)}>{name}</Link> : name}</dd>
        <dt>{t("topicLabel")}</dt>
        <dd>{t(`topic.${ticket.topic}`)}</dd>
        <dt>{t("team")}</dt>
        <dd>{ticket.team?.name ?? t("common:state.none")}</dd>
        <dt>{t("owner")}</dt>
        <dd>{ticket.owner?.name ?? t("nobody")}</dd>
        <dt>{t("dueLabel")}</dt>
        <dd className={ticket.is_overdue ? "task-late" : ""}>
          {ticket.due_at ? format.dayTime(ticket.due_at) : t("common:state.none")}
        </dd>
        {ticket.work_item_id !== null && (
          <>
            <dt>{t("task")}</dt>
            <dd>
              <Link to={to(`/tasks/${ticket.work_item_id}`)}>{t("toTask")}</Link>
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

function History({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  const format = useFormat();
  return (
    <Panel title={t("history")}>
      <ol className="follow-ups">
        {ticket.history.map((step) => (
          <li key={`${step.at}-${step.status}`}>
            <div className="spread">
              <span className="row">
                <span className="tag">{t(`status.${step.status}`)}</span>
                {step.by?.name ?? t("system")}
              </span>
              <span className="muted small">{format.dayTime(step.at)}</span>
            </div>
            {step.note && <p>{step.note}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
