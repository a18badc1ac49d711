import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fetchApi } from "@/shared/api/client";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import type { Spot } from "./place";

export interface VisitTarget {
  customerId: number;
  customerName: string;
  workItemId: number | null;
}

export interface VisitDraft {
  text: string;
  place: string;
  spot: Spot | null;
  photos: readonly Blob[];
  key: string;
}

function formOf(photo: Blob): FormData {
  const form = new FormData();
  form.append("file", photo, photo.type === "image/png" ? "photo.png" : "photo.jpg");
  return form;
}

async function send(slug: string, target: VisitTarget, draft: VisitDraft): Promise<number> {
  const { data, error } = await fetchApi.POST("/api/v1/w/{slug}/customers/{customer_id}/visits", {
    params: { path: { slug, customer_id: target.customerId } },
    body: {
      text: draft.text.trim(),
      place: draft.place.trim(),
      spot: draft.spot,
      work_item_id: target.workItemId,
      request_key: draft.key,
    },
  });
  if (!data) throw error;
  let there = data.photo_count;
  for (const photo of draft.photos.slice(there)) {
    const { data: kept, error: refused } = await fetchApi.POST("/api/v1/w/{slug}/visits/{visit_id}/photos", {
      params: { path: { slug, visit_id: data.id } },
      body: { file: "photo" },
      bodySerializer: () => formOf(photo),
    });
    if (!kept) throw refused;
    there += 1;
  }
  return there;
}

/** Keeps a visit, then its photos one by one. A second try goes on after the last photo that arrived. */
export function useRecordVisit(onDone: () => void) {
  const { t } = useTranslation("work");
  const slug = useSlug();
  const refresh = useRefreshWork();
  return useMutation({
    mutationFn: ({ target, draft }: { target: VisitTarget; draft: VisitDraft }) => send(slug, target, draft),
    onSuccess: () => {
      notifyDone(t("visits.saved"));
      onDone();
    },
    onSettled: refresh,
  });
}
