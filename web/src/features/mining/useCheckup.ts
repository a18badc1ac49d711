import { useMutation } from "@tanstack/react-query";
import type { fetchApi } from "@/shared/api/client";

/** Sends an order list; the answer's id names its check-up. */
export function useCheckup(client: typeof fetchApi, slug: string, onDone: (runId: number) => void) {
  return useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File) => {
      const { data, error } = await client.POST("/api/v1/w/{slug}/checkups", {
        params: { path: { slug } },
        body: { file: file.name, churn_days: 0 },
        bodySerializer: () => {
          const form = new FormData();
          form.append("file", file);
          return form;
        },
      });
      if (!data) throw error;
      return data;
    },
    onSuccess: ({ id }) => onDone(id),
  });
}
