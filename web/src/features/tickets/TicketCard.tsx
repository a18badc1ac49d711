import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import type { Ticket } from "./tickets.logic";
import "./tickets.css";

/** One ticket in a list: what, for whom, who has it, by when. */
export function TicketCard({ ticket, hideCustomer }: { ticket: Ticket; hideCustomer?: boolean }) {
  const { t } = useTranslation(["tickets", "common"]);
  const to = useTo();
  const format = useFormat();
  return (
    <li className="card ticket">
      <div className="row wrap">
        <Link className="ticket-title" to={to(`/tickets/${ticket.id}`)}>
          {ticket.title}
        </Link>
        <span className={`tag ticket-${ticket.status}`}>{t(`status.${ticket.status}`)}</span>
        <span className="tag">{t(`topic.${ticket.topic}`)}</span>
      </div>
      {!hideCustomer && <span>{ticket.customer.name}</span>}
      <div className="muted small row wrap">
        <span>
          {t("to", { team: ticket.team?.name ?? t("common:state.none"), owner: ticket.owner?.name ?? t("nobody") })}
        </span>
        {ticket.raised_by && <span>{t("from", { name: ticket.raised_by.name })}</span>}
        {ticket.due_at && (
          <span className={ticket.is_overdue ? "task-late" : ""}>
            {t("due", { time: format.dayTime(ticket.due_at) })}
          </span>
        )}
      </div>
    </li>
  );
}
