import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";

type Action = Schemas["BulkItemsIn"]["action"];

/** The same thing for many tasks, with one undo. */
export function useBulkTasks() {
  const { t } = useTranslation("work");
  const path = { slug: useSlug() };
  const options = { onSettled: useRefreshWork() };
  const bulk = api.useMutation("post", "/api/v1/w/{slug}/work-items/bulk", options);
  const undo = api.useMutation("post", "/api/v1/w/{slug}/alerts/undo", options);
  return {
    busy: bulk.isPending,
    run: (item_ids: number[], action: Action, more: { owner_id?: number; due_at?: string } = {}) =>
      whenDone(bulk.mutateAsync({ params: { path }, body: { item_ids, action, ...more } }), ({ changed, undo_token }) =>
        offerUndo(
          t(`bulk.done.${action}`, { count: changed }),
          () => undo_token && undo.mutate({ params: { path }, body: { undo_token } }),
        ),
      ),
  };
}
