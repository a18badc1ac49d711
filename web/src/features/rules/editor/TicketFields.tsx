import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Effects } from "../types";

type Ticket = Pick<Effects, "ticket" | "ticket_team">;

export interface TicketFieldsProps {
  value: Ticket;
  onChange: (value: Ticket) => void;
  fault?: string;
}

const TOPICS = ["quality", "parts", "product", "delivery", "billing", "regional", "recovery", "other"] as const;
const isTopic = (text: string): text is (typeof TOPICS)[number] => TOPICS.some((topic) => topic === text);

/** 协同工单: what another team is asked for, and which one; without a choice the team of the topic receives it. */
export function TicketFields({ value, onChange, fault }: TicketFieldsProps) {
  const { t } = useTranslation(["rules", "tickets"]);
  const slug = useSlug();
  const routes = api.useQuery(
    "get",
    "/api/v1/w/{slug}/ticket-routes",
    { params: { path: { slug } } },
    { enabled: value.ticket !== "" },
  );
  const team = routes.data?.routes.find(({ topic }) => topic === value.ticket)?.team_id;
  const name = routes.data?.teams.find(({ id }) => id === team)?.name ?? t("effects.supervisor");
  return (
    <>
      <Field label={t("effects.ticket")} hint={t("effects.ticketHint")} error={fault}>
        {({ status: _status, ...control }) => (
          <NativeSelect
            {...control}
            className="wide"
            value={value.ticket}
            options={[
              { value: "", label: t("effects.noTicket") },
              ...TOPICS.map((topic) => ({ value: topic, label: t(`tickets:topic.${topic}`) })),
            ]}
            onChange={(ticket) =>
              onChange(isTopic(ticket) ? { ticket, ticket_team: value.ticket_team } : { ticket: "", ticket_team: null })
            }
          />
        )}
      </Field>
      {value.ticket !== "" && (
        <Field label={t("tickets:team")}>
          {({ status: _status, ...control }) => (
            <NativeSelect
              {...control}
              className="wide"
              value={value.ticket_team === null ? "" : String(value.ticket_team)}
              options={[
                { value: "", label: t("effects.byTopic", { team: name }) },
                ...(routes.data?.teams ?? []).map(({ id, name: label }) => ({ value: String(id), label })),
              ]}
              onChange={(chosen) => onChange({ ticket: value.ticket, ticket_team: chosen ? Number(chosen) : null })}
            />
          )}
        </Field>
      )}
    </>
  );
}
