import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { Decision } from "./cases.logic";

/** A word on some cases, with its undo. */
export function useDecide() {
  const { t } = useTranslation("verification");
  const slug = useSlug();
  const client = useQueryClient();
  const onSuccess = () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) =>
        typeof queryKey[1] === "string" && /\/(verification|tags|customers)/.test(queryKey[1]),
    });
  const deciding = api.useMutation("post", "/api/v1/w/{slug}/verification/decide", { onSuccess });
  const reopening = api.useMutation("post", "/api/v1/w/{slug}/verification/reopen", { onSuccess });
  const path = { path: { slug } };
  const reopen = (ids: readonly number[]) => reopening.mutate({ params: path, body: { case_ids: [...ids] } });
  return {
    busy: deciding.isPending,
    reopen,
    decide: (ids: readonly number[], decision: Decision, note: string) =>
      deciding.mutate(
        { params: path, body: { case_ids: [...ids], decision, note } },
        {
          onSuccess: ({ changed }) =>
            offerUndo(t("done", { count: changed, decision: t(`decision.${decision}`) }), () => reopen(ids)),
        },
      ),
  };
}
