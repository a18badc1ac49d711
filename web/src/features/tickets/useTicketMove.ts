import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import type { TicketMove } from "./tickets.logic";

/** Accept, solve, return, resubmit, reopen; the other side is told by the server. */
export function useTicketMove() {
  const { t } = useTranslation("tickets");
  const slug = useSlug();
  const move = api.useMutation("post", "/api/v1/w/{slug}/tickets/{ticket_id}/move", { onSettled: useRefreshWork() });
  return {
    busy: move.isPending,
    move: (ticket_id: number, what: TicketMove, note = "") =>
      whenDone(move.mutateAsync({ params: { path: { slug, ticket_id } }, body: { move: what, note } }), ({ status }) =>
        notifyDone(t("moved", { status: t(`status.${status}`) })),
      ),
  };
}
