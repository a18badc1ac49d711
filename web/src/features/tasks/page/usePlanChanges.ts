import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";
import { moved } from "./steps.logic";
import type { Step } from "./useItemSheet";

const ITEM = "/api/v1/w/{slug}/work-items/{item_id}";

/** Apply and take back plans; tick, move and remove steps. What takes something away offers an undo. */
export function usePlanChanges(itemId: number, steps: readonly Step[]) {
  const { t } = useTranslation("work");
  const slug = useSlug();
  const options = { onSettled: useRefreshWork() };
  const path = { slug, item_id: itemId };
  const apply = api.useMutation("post", `${ITEM}/plans`, options);
  const remove = api.useMutation("delete", `${ITEM}/plans/{plan_id}`, options);
  const restore = api.useMutation("post", `${ITEM}/plans/{plan_id}/restore`, options);
  const tick = api.useMutation("post", "/api/v1/w/{slug}/steps/{step_id}/tick", options);
  const drop = api.useMutation("delete", "/api/v1/w/{slug}/steps/{step_id}", options);
  const back = api.useMutation("post", "/api/v1/w/{slug}/steps/{step_id}/restore", options);
  const order = api.useMutation("post", `${ITEM}/steps/order`, options);
  const takeBack = (plan: { id: number; name: string }) => {
    const params = { path: { ...path, plan_id: plan.id } };
    whenDone(remove.mutateAsync({ params }), () =>
      offerUndo(t("plan.takenBack", { name: plan.name }), () => restore.mutate({ params })),
    );
  };
  return {
    busy: [apply, remove, order].some(({ isPending }) => isPending),
    takeBack,
    apply: ({ code, name }: Schemas["ProposedPlan"]) =>
      whenDone(apply.mutateAsync({ params: { path }, body: { code } }), ({ id }) =>
        offerUndo(t("plan.done", { name }), () => remove.mutate({ params: { path: { ...path, plan_id: id } } })),
      ),
    tick: (step: Step, done: boolean) => tick.mutate({ params: { path: { slug, step_id: step.id } }, body: { done } }),
    remove: (step: Step) => {
      const params = { path: { slug, step_id: step.id } };
      whenDone(drop.mutateAsync({ params }), () =>
        offerUndo(t("step.removed", { text: step.text }), () => back.mutate({ params })),
      );
    },
    move: (step: Step, by: -1 | 1) => order.mutate({ params: { path }, body: { step_ids: moved(steps, step.id, by) } }),
  };
}

export type PlanChanges = ReturnType<typeof usePlanChanges>;
