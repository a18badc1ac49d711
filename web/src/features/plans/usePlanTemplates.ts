import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";

const SHOWS = /\/w\/\{slug\}\/(plans|content-packs)$/;

/** Call after a change of a plan or a pack. */
export function useRefreshPlans(): () => Promise<void> {
  const client = useQueryClient();
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[1] === "string" && SHOWS.test(queryKey[1]),
    });
}

/** How an editor saves: what is refused stands in its form; once saved it is told, the editor closes, lists are read again. */
export function useSaving(onClose: () => void) {
  const { t } = useTranslation("common");
  const refresh = useRefreshPlans();
  return {
    meta: { quiet: true },
    onSuccess: () => {
      notifyDone(t("action.saved"));
      onClose();
      return refresh();
    },
  };
}

/** Takes plans, packs and files out of use, each with an undo. */
export function useArchive() {
  const { t } = useTranslation("plans");
  const slug = useSlug();
  const options = { onSettled: useRefreshPlans() };
  const plan = api.useMutation("delete", "/api/v1/w/{slug}/plans/{code}", options);
  const planBack = api.useMutation("post", "/api/v1/w/{slug}/plans/{code}/restore", options);
  const pack = api.useMutation("delete", "/api/v1/w/{slug}/content-packs/{code}", options);
  const packBack = api.useMutation("post", "/api/v1/w/{slug}/content-packs/{code}/restore", options);
  const file = api.useMutation("delete", "/api/v1/w/{slug}/pack-files/{file_id}", options);
  const fileBack = api.useMutation("post", "/api/v1/w/{slug}/pack-files/{file_id}/restore", options);
  const told = (name: string) => t("archived", { name });
  return {
    plan: (code: string, name: string) => {
      const params = { path: { slug, code } };
      whenDone(plan.mutateAsync({ params }), () => offerUndo(told(name), () => planBack.mutate({ params })));
    },
    pack: (code: string, name: string) => {
      const params = { path: { slug, code } };
      whenDone(pack.mutateAsync({ params }), () => offerUndo(told(name), () => packBack.mutate({ params })));
    },
    file: (file_id: number, name: string) => {
      const params = { path: { slug, file_id } };
      whenDone(file.mutateAsync({ params }), () => offerUndo(told(name), () => fileBack.mutate({ params })));
    },
  };
}
