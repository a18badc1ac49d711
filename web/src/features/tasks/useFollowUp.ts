import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fetchApi, type Schemas } from "@/shared/api/client";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";

/** Whose follow-up it is. Without a work item the alert's is taken in hand; without an alert a new one is made. */
export interface FollowUpTarget {
  customerId: number;
  customerName: string;
  workItemId: number | null;
  alertId: number | null;
}

async function take<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) throw error;
  return data;
}

/** The alert's work item, taken in hand if it has none yet. */
async function itemOfAlert(slug: string, alertId: number): Promise<number | null> {
  await take(
    fetchApi.POST("/api/v1/w/{slug}/alerts/claim", { params: { path: { slug } }, body: { alert_ids: [alertId] } }),
  );
  const alert = await take(
    fetchApi.GET("/api/v1/w/{slug}/alerts/{alert_id}", { params: { path: { slug, alert_id: alertId } } }),
  );
  return alert.work_item_id;
}

async function itemFor(slug: string, target: FollowUpTarget, title: string): Promise<number> {
  if (target.workItemId !== null) return target.workItemId;
  const found = target.alertId === null ? null : await itemOfAlert(slug, target.alertId);
  if (found !== null) return found;
  const body = { customer_id: target.customerId, title, note: "" };
  return (await take(fetchApi.POST("/api/v1/w/{slug}/work-items", { params: { path: { slug } }, body }))).id;
}

/** Records one follow-up. The body's request_key makes a repeated tap harmless. */
export function useFollowUp(onDone: () => void) {
  const { t } = useTranslation("tasks");
  const slug = useSlug();
  const refresh = useRefreshWork();
  return useMutation({
    mutationFn: async ({ target, body }: { target: FollowUpTarget; body: Schemas["FollowUpIn"] }) => {
      const item_id = await itemFor(slug, target, t("followUp.ownTitle"));
      const path = { slug, item_id };
      return take(fetchApi.POST("/api/v1/w/{slug}/work-items/{item_id}/follow-ups", { params: { path }, body }));
    },
    onSuccess: () => {
      notifyDone(t("followUp.saved"));
      onDone();
      return refresh();
    },
  });
}
