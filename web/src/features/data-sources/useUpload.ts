import { useMutation } from "@tanstack/react-query";
import type { fetchApi } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";

function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file);
  return form;
}

/** Sends a file as a form; the answer's id names the batch. */
export function useUpload(client: typeof fetchApi, onDone: (batchId: number) => void) {
  const slug = useSlug();
  return useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File) => {
      const { data, error } = await client.POST("/api/v1/w/{slug}/imports", {
        params: { path: { slug } },
        body: { file: file.name, entity: "" },
        bodySerializer: () => formOf(file),
      });
      if (!data) throw error;
      return data;
    },
    onSuccess: ({ id }) => onDone(id),
  });
}
