import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet } from "@/shared/list/Sheet";
import { Field } from "@/shared/ui/Field";
import type { Ticket, TicketMove } from "./tickets.logic";
import { useTicketMove } from "./useTicketMove";

/** The moves that are the reader's; each may carry a word, a return must. */
export function TicketActions({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  const { busy, move } = useTicketMove();
  const [asked, setAsked] = useState<TicketMove | null>(null);
  const [note, setNote] = useState("");
  const close = () => {
    setAsked(null);
    setNote("");
  };
  const save = () => {
    if (asked) move(ticket.id, asked, note.trim());
    close();
  };
  const start = (what: TicketMove) => (what === "accept" ? move(ticket.id, what) : setAsked(what));
  return (
    <div className="ticket-actions">
      {ticket.moves.map((what) => (
        <Button
          key={what}
          type={what === "accept" || what === "solve" ? "primary" : "default"}
          loading={busy}
          onClick={() => start(what)}
        >
          {t(`move.${what}`)}
        </Button>
      ))}
      <Sheet
        open={asked !== null}
        title={asked ? t(`move.${asked}`) : ""}
        onClose={close}
        onSave={save}
        disabled={asked === "return" && !note.trim()}
      >
        <Field label={asked === "return" ? t("noteNeeded") : t("note")}>
          {(control) => (
            <Input.TextArea
              {...control}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </Sheet>
    </div>
  );
}
