import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { whenDone } from "@/shared/list/settled";
import { useRefreshWork } from "@/shared/list/useRefreshWork";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { offerUndo } from "@/shared/ui/UndoToast";

export interface DealStageProps {
  deal: { id: number; name: string; stage: string; stage_set_at?: string | null };
}

/** The stage of an opportunity, moved with the phone's own picker (MOB-02); undone from the toast. */
export function DealStage({ deal }: DealStageProps) {
  const { t } = useTranslation("work");
  const can = useCan();
  const slug = useSlug();
  const stages = api.useQuery("get", "/api/v1/w/{slug}/opportunity-stages", { params: { path: { slug } } });
  const move = api.useMutation("patch", "/api/v1/w/{slug}/opportunities/{opportunity_id}", {
    onSettled: useRefreshWork(),
  });
  const params = { path: { slug, opportunity_id: deal.id } };
  if (!can("handle")) return <span>{t("deal.stage", { stage: deal.stage })}</span>;
  const known = [...new Set([deal.stage, ...(stages.data?.stages ?? []), ...t("deal.usual").split("|")])];
  const change = (stage: string) =>
    whenDone(move.mutateAsync({ params, body: { stage } }), () =>
      offerUndo(t("deal.moved", { name: deal.name, stage }), () =>
        move.mutate({ params, body: { stage: deal.stage } }),
      ),
    );
  return (
    <span className="row">
      <NativeSelect
        className="deal-stage"
        aria-label={t("deal.label", { name: deal.name })}
        value={deal.stage}
        disabled={move.isPending}
        options={known.map((stage) => ({ value: stage, label: stage }))}
        onChange={change}
      />
      {deal.stage_set_at && (
        <span className="tag" title={t("deal.byHandHint")}>
          {t("deal.byHand")}
        </span>
      )}
    </span>
  );
}
