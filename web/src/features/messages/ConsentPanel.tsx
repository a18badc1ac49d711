import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState } from "@/shared/ui/ErrorState";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { ConsentSheet } from "./ConsentSheet";
import { type Consent, peopleOf } from "./messages.logic";

/** What a customer and its contacts allow, each given and withdrawn in one step. */
export function ConsentPanel({ customer }: { customer: Schemas["CustomerOut"] }) {
  const { t } = useTranslation("messages");
  const format = useFormat();
  const client = useQueryClient();
  const path = { slug: useSlug(), customer_id: customer.id };
  const list = api.useQuery("get", "/api/v1/w/{slug}/customers/{customer_id}/consents", { params: { path } });
  const [asked, setAsked] = useState<Consent | null>(null);
  const saving = api.useMutation("post", "/api/v1/w/{slug}/customers/{customer_id}/consents", {
    onSuccess: () => {
      notifyDone(t("consent.saved"));
      setAsked(null);
      return client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).endsWith("/consents") });
    },
  });
  const nameOf = (id: number | null) =>
    customer.contacts.find((contact) => contact.id === id)?.name ?? t("consent.whole");
  const say = (row: Consent, state: "given" | "withdrawn", source: string, wording: string) =>
    saving.mutate({
      params: { path },
      body: { medium: row.medium, purpose: row.purpose, state, source, wording, note: "", contact_id: row.contact_id },
    });
  return (
    <Panel title={t("consent.title")}>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data?.do_not_contact && (
        <p className="form-error">{t("consent.dnc", { reason: list.data.do_not_contact })}</p>
      )}
      <ul className="profile-list">
        {list.data &&
          [...peopleOf(list.data.rows)].map(([id, rows]) => (
            <li key={id ?? "whole"}>
              <strong>{nameOf(id)}</strong>
              {rows.map((row) => (
                <ConsentLine
                  key={row.medium}
                  row={row}
                  onGive={() => setAsked(row)}
                  onWithdraw={() => say(row, "withdrawn", "phone", "")}
                />
              ))}
            </li>
          ))}
      </ul>
      {list.data && list.data.history.length > 0 && (
        <details>
          <summary className="small">{t("consent.history")}</summary>
          <ul className="small muted">
            {list.data.history.map((event) => (
              <li key={event.id}>
                {format.dayTime(event.at)} {event.contact || t("consent.whole")} {t(`medium.${event.medium}`)}
                {t(`purpose.${event.purpose}`)} {t(`consent.word.${event.state}`)}{" "}
                {t(`consent.sources.${event.source as "form"}`)} {event.wording}
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked && (
        <ConsentSheet
          title={t("consent.giveTitle", {
            who: nameOf(asked.contact_id),
            medium: t(`medium.${asked.medium}`),
            purpose: t(`purpose.${asked.purpose}`),
          })}
          saving={saving.isPending}
          error={saving.error}
          onClose={() => setAsked(null)}
          onSave={(source, wording) => say(asked, "given", source, wording)}
        />
      )}
    </Panel>
  );
}

function ConsentLine({ row, onGive, onWithdraw }: { row: Consent; onGive: () => void; onWithdraw: () => void }) {
  const { t } = useTranslation("messages");
  const can = useCan();
  const given = row.word === "given";
  const label = `${t(given ? "consent.withdraw" : "consent.give")} ${t(`medium.${row.medium}`)}`;
  return (
    <div className="row wrap small consent-line">
      <span>{t(`medium.${row.medium}`)}</span>
      <span className={`risk-tag ${given ? "risk-normal" : ""}`}>{t(`consent.word.${row.word}`)}</span>
      {row.wording && <span className="muted">{row.wording}</span>}
      {row.suppressed && <span className="risk-tag risk-high">{t("consent.suppressed")}</span>}
      {can("handle") && (
        <Button size="small" type="text" aria-label={label} onClick={given ? onWithdraw : onGive}>
          {t(given ? "consent.withdraw" : "consent.give")}
        </Button>
      )}
    </div>
  );
}
