import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { notifyDone } from "@/shared/ui/notify";

/** Gives customers back that are still where a hand-over put them. */
export function useHandOverUndo(onDone?: () => void) {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const refresh = useRefreshAll();
  const { customers } = useFormat();
  const undo = api.useMutation("post", "/api/v1/w/{slug}/handovers/{handover_id}/undo", {
    onSuccess: ({ changed }) => {
      notifyDone(t("handover.undone", { customers: customers(changed) }));
      refresh();
      onDone?.();
    },
  });
  return (id: number) => undo.mutate({ params: { path: { slug, handover_id: id } } });
}
