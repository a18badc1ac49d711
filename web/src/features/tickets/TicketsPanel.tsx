import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { RaiseSheet } from "./RaiseSheet";
import { TicketCard } from "./TicketCard";
import type { About } from "./tickets.logic";

/** The tickets of a task, an alert or a customer with their status, and a button to raise one (PLY-14). */
export function TicketsPanel({ about, customerName }: { about: About; customerName: string }) {
  const { t } = useTranslation("tickets");
  const can = useCan();
  const query = { ...about, scope: "all", status: "", limit: 20 };
  const tickets = api.useQuery("get", "/api/v1/w/{slug}/tickets", { params: { path: { slug: useSlug() }, query } });
  const [raising, setRaising] = useState(false);
  return (
    <Panel
      title={t("title")}
      extra={
        can("handle") && (
          <Button type="link" onClick={() => setRaising(true)}>
            {t("raise")}
          </Button>
        )
      }
    >
      {tickets.isError && <ErrorState error={tickets.error} retry={() => void tickets.refetch()} />}
      {tickets.data?.items.length === 0 && <p className="muted">{t("noneHere")}</p>}
      <ul className="cards">
        {tickets.data?.items.map((ticket) => (
          <TicketCard key={ticket.id} ticket={ticket} hideCustomer />
        ))}
      </ul>
      <RaiseSheet open={raising} about={about} customerName={customerName} onClose={() => setRaising(false)} />
    </Panel>
  );
}
