import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import { type Column, stepTo } from "./board/board.logic";
import type { WorkItem } from "./tasks.logic";

/** Moves on the way from one column to another. */
const STEPS = 2;

/** Done (with undo), in hand, open again, another person. */
export function useTaskChanges() {
  const { t } = useTranslation("tasks");
  const slug = useSlug();
  const refresh = useRefreshWork();
  const patch = api.useMutation("patch", "/api/v1/w/{slug}/work-items/{item_id}", { onSettled: refresh });
  const change = (
    item: WorkItem,
    body: Schemas["WorkItemPatch"],
    then: (item: WorkItem) => unknown = () => undefined,
  ) => whenDone(patch.mutateAsync({ params: { path: { slug, item_id: item.id } }, body }), then);
  const move = (item: WorkItem, status: WorkItem["status"], then?: (item: WorkItem) => unknown) =>
    change(item, { status, seq: item.seq }, then);
  const reopen = (item: WorkItem) => move(item, "todo");
  const moveTo = (item: WorkItem, to: Column, steps = STEPS) => {
    const next = stepTo(item, to);
    if (next && steps > 0) move(item, next, (after) => after.seq !== item.seq && moveTo(after, to, steps - 1));
  };
  return {
    moveTo,
    claim: (item: WorkItem) => move(item, "doing"),
    busy: patch.isPending,
    reopen,
    finish: (item: WorkItem) =>
      move(item, "done", (after) => offerUndo(t("done.toast", { title: item.title }), () => reopen(after))),
    reassign: (item: WorkItem, owner_id: number) =>
      change(item, { owner_id }, ({ owner }) => notifyDone(t("reassign.done", { name: owner?.name ?? "" }))),
  };
}
