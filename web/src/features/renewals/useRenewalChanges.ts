import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { notifyDone } from "@/shared/ui/notify";
import { offerUndo } from "@/shared/ui/UndoToast";
import type { Renewal, Status } from "./renewals.logic";

export function useRenewalChanges() {
  const { t } = useTranslation(["renewals", "common"]);
  const slug = useSlug();
  const refresh = useRefreshWork();
  const options = { onSettled: refresh };
  const update = api.useMutation("patch", "/api/v1/w/{slug}/renewals/{renewal_id}", options);
  const start = api.useMutation("post", "/api/v1/w/{slug}/renewals/{renewal_id}/start", options);
  const pathOf = (row: Renewal) => ({ path: { slug, renewal_id: row.id } });
  return {
    busy: update.isPending || start.isPending,
    save: (row: Renewal, body: Schemas["RenewalPatch"], onSuccess: () => void) =>
      update.mutate(
        { params: pathOf(row), body },
        {
          onSuccess: () => {
            notifyDone(t("common:action.saved"));
            onSuccess();
          },
        },
      ),
    /** One tap in the table; the toast takes it back. */
    setStatus: (row: Renewal, status: Status) =>
      update.mutate(
        { params: pathOf(row), body: { status } },
        {
          onSuccess: () =>
            offerUndo(t("changed", { name: row.customer.name, status: t(`status.${status}`) }), () =>
              update.mutate({ params: pathOf(row), body: { status: row.status } }),
            ),
        },
      ),
    start: (row: Renewal) =>
      start.mutate({ params: pathOf(row) }, { onSuccess: () => notifyDone(t("started", { name: row.customer.name })) }),
  };
}
