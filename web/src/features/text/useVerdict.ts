import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyError } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { Item } from "./review.logic";

/** A word on one text, with its undo. */
export function useVerdict() {
  const { t } = useTranslation("text");
  const path = { path: { slug: useSlug() } };
  const client = useQueryClient();
  const options = {
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => typeof queryKey[1] === "string" && /\/(text|customers)/.test(queryKey[1]),
      }),
    onError: notifyError,
  };
  const giving = api.useMutation("post", "/api/v1/w/{slug}/text/verdict", options);
  const undoing = api.useMutation("post", "/api/v1/w/{slug}/text/verdict/undo", options);
  const undo = ({ source, activity_id }: Item) => undoing.mutate({ params: path, body: { source, activity_id } });
  return {
    busy: giving.isPending || undoing.isPending,
    undo,
    give: (item: Item, said: number | null) => {
      const { source, activity_id } = item;
      giving.mutate(
        { params: path, body: { source, activity_id, said } },
        {
          onSuccess: () =>
            offerUndo(said === null ? t("review.agreed") : t("review.said", { score: said }), () => undo(item)),
        },
      );
    },
  };
}
