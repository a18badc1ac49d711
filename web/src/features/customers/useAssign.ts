import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";

/** Gives customers to a person; can be taken back where the server gives a token. */
export function useAssign() {
  const { t } = useTranslation("customers");
  const path = { slug: useSlug() };
  const refresh = useRefreshWork();
  const undo = api.useMutation("post", "/api/v1/w/{slug}/alerts/undo", { onSettled: refresh });
  const assign = api.useMutation("post", "/api/v1/w/{slug}/customers/assign", { onSettled: refresh });
  return {
    busy: assign.isPending,
    assign: (customer_ids: number[], owner_id: number) =>
      whenDone(
        assign.mutateAsync({ params: { path }, body: { customer_ids, owner_id } }),
        ({ changed, undo_token }) => {
          const text = t("assign.done", { count: changed });
          if (undo_token) offerUndo(text, () => undo.mutate({ params: { path }, body: { undo_token } }));
          else notifyDone(text);
        },
      ),
  };
}
