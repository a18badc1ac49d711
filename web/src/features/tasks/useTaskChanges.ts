import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { WorkItem } from "./tasks.logic";

/** Done (with undo), open again, another person. */
export function useTaskChanges() {
  const { t } = useTranslation("tasks");
  const slug = useSlug();
  const refresh = useRefreshWork();
  const patch = api.useMutation("patch", "/api/v1/w/{slug}/work-items/{item_id}", { onSettled: refresh });
  const setStatus = (item: WorkItem, status: WorkItem["status"], onSuccess?: () => void) =>
    patch.mutate({ params: { path: { slug, item_id: item.id } }, body: { status } }, { onSuccess });
  return {
    busy: patch.isPending,
    finish: (item: WorkItem) =>
      setStatus(item, "done", () => offerUndo(t("done.toast", { title: item.title }), () => setStatus(item, "todo"))),
    reopen: (item: WorkItem) => setStatus(item, "todo"),
    reassign: (item: WorkItem, owner_id: number) =>
      patch.mutate(
        { params: { path: { slug, item_id: item.id } }, body: { owner_id } },
        { onSuccess: ({ owner }) => notifyDone(t("reassign.done", { name: owner?.name ?? "" })) },
      ),
  };
}
