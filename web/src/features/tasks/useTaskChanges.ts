import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { WorkItem } from "./tasks.logic";

/** Done (with undo), in hand, open again, another person. */
export function useTaskChanges() {
  const { t } = useTranslation("tasks");
  const slug = useSlug();
  const refresh = useRefreshWork();
  const patch = api.useMutation("patch", "/api/v1/w/{slug}/work-items/{item_id}", { onSettled: refresh });
  const change = (item: WorkItem, body: Schemas["WorkItemPatch"], then: (item: WorkItem) => void = () => undefined) =>
    whenDone(patch.mutateAsync({ params: { path: { slug, item_id: item.id } }, body }), then);
  const reopen = (item: WorkItem) => change(item, { status: "todo" });
  const moveThrough = (item: WorkItem, [next, ...rest]: readonly WorkItem["status"][]) => {
    if (next) change(item, { status: next }, (after) => moveThrough(after, rest));
  };
  return {
    moveThrough,
    claim: (item: WorkItem) => change(item, { status: "doing" }),
    busy: patch.isPending,
    reopen,
    finish: (item: WorkItem) =>
      change(item, { status: "done" }, () => offerUndo(t("done.toast", { title: item.title }), () => reopen(item))),
    reassign: (item: WorkItem, owner_id: number) =>
      change(item, { owner_id }, ({ owner }) => notifyDone(t("reassign.done", { name: owner?.name ?? "" }))),
  };
}
