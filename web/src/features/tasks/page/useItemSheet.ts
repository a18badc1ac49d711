import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";

export type ItemSheet = Schemas["WorkSheetOut"];
export type Step = Schemas["StepOut"];

/** Checklist, scripts, visits and comments of one task. */
export function useItemSheet(itemId: number) {
  const path = { slug: useSlug(), item_id: itemId };
  return api.useQuery("get", "/api/v1/w/{slug}/work-items/{item_id}/sheet", { params: { path } });
}
