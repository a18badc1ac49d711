import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useSlug } from "@/shared/session/SessionContext";
import { offerUndo } from "@/shared/ui/UndoToast";

/** Gives a verdict, which the toast and the panel can take back. */
export function useVerdict(alert: Schemas["AlertOut"]) {
  const { t } = useTranslation("alerts");
  const path = { slug: useSlug(), alert_id: alert.id };
  const refresh = useRefreshWork();
  const options = { onSettled: refresh };
  const give = api.useMutation("post", "/api/v1/w/{slug}/alerts/{alert_id}/verdict", options);
  const takeBack = api.useMutation("delete", "/api/v1/w/{slug}/alerts/{alert_id}/verdict", options);
  const undo = () => takeBack.mutate({ params: { path } });
  return {
    busy: give.isPending || takeBack.isPending,
    undo,
    give: (body: Schemas["VerdictIn"]) =>
      whenDone(give.mutateAsync({ params: { path }, body }), () =>
        offerUndo(t("verdict.given", { verdict: t(`verdict.${body.verdict}`) }), undo),
      ),
  };
}
