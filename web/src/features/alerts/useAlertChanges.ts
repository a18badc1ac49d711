import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";

type CloseReason = Schemas["BulkCloseIn"]["reason"];

/** Changes of one or many alerts; each can be taken back for ten minutes, and the toast offers it for ten seconds. */
export function useAlertChanges() {
  const { t } = useTranslation("alerts");
  const path = { slug: useSlug() };
  const refresh = useRefreshWork();
  const options = { onSettled: refresh };
  const undo = api.useMutation("post", "/api/v1/w/{slug}/alerts/undo", options);
  const assign = api.useMutation("post", "/api/v1/w/{slug}/alerts/assign", options);
  const snooze = api.useMutation("post", "/api/v1/w/{slug}/alerts/snooze", options);
  const close = api.useMutation("post", "/api/v1/w/{slug}/alerts/close", options);
  const claim = api.useMutation("post", "/api/v1/w/{slug}/alerts/claim", options);
  const told =
    (done: "assigned" | "snoozed" | "closed" | "claimed") =>
    ({ changed, undo_token }: Schemas["UndoOut"]) => {
      const text = t(`bulk.${done}`, { count: changed });
      offerUndo(text, () => undo_token && undo.mutate({ params: { path }, body: { undo_token } }));
    };
  return {
    busy: [assign, snooze, close, claim, undo].some(({ isPending }) => isPending),
    assign: (alert_ids: number[], owner_id: number) =>
      whenDone(assign.mutateAsync({ params: { path }, body: { alert_ids, owner_id } }), told("assigned")),
    snooze: (alert_ids: number[], until: string) =>
      whenDone(snooze.mutateAsync({ params: { path }, body: { alert_ids, until } }), told("snoozed")),
    close: (alert_ids: number[], reason: CloseReason, note: string) =>
      whenDone(close.mutateAsync({ params: { path }, body: { alert_ids, reason, note } }), told("closed")),
    claim: (alert_ids: number[]) =>
      whenDone(claim.mutateAsync({ params: { path }, body: { alert_ids } }), told("claimed")),
  };
}

export type AlertChanges = ReturnType<typeof useAlertChanges>;
