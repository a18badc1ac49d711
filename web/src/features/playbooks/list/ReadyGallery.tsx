import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import type { Ready } from "../types";
import { useRefreshPlaybooks } from "../useRefreshPlaybooks";
import { grouped } from "./list.logic";

/** 现成流程, by what they are for; taking one makes a draft of the workspace's own. */
export function ReadyGallery({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const to = useTo();
  const navigate = useNavigate();
  const refresh = useRefreshPlaybooks();
  const found = api.useQuery("get", "/api/v1/w/{slug}/playbooks/packs", { params: { path: { slug } } });
  const take = api.useMutation("post", "/api/v1/w/{slug}/playbooks/packs/{code}/apply", {
    onSuccess: ({ id }) => {
      refresh();
      void navigate(to(`/playbooks/${id}`));
    },
  });
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <SkeletonCards cards={4} height={140} />;
  const taking = take.isPending ? take.variables.params.path.code : "";
  return grouped(found.data).map(({ group, items }) => (
    <Panel key={group} title={t(`ready.groups.${group as "tier"}`)}>
      <div className="ready-grid">
        {items.map((ready) => (
          <Card
            key={ready.code}
            ready={ready}
            busy={taking === ready.code}
            onTake={mayEdit ? () => take.mutate({ params: { path: { slug, code: ready.code } } }) : undefined}
          />
        ))}
      </div>
    </Panel>
  ));
}

function Card({ ready, busy, onTake }: { ready: Ready; busy: boolean; onTake?: (() => void) | undefined }) {
  const { t } = useTranslation("playbooks");
  const to = useTo();
  return (
    <section className="ready-card" aria-label={ready.name}>
      <div>
        <h3>{ready.name}</h3>
        <p>{ready.about}</p>
        <p className="muted small">{ready.steps.join(" → ")}</p>
        {ready.asks > 0 && <p className="muted small">{t("ready.asks", { count: ready.asks })}</p>}
      </div>
      {ready.taken ? (
        <Link to={to(`/playbooks/${ready.taken}`)}>{t("ready.taken")}</Link>
      ) : (
        onTake && (
          <Button loading={busy} onClick={onTake} aria-label={t("ready.takeOne", { name: ready.name })}>
            {t("ready.take")}
          </Button>
        )
      )}
    </section>
  );
}
