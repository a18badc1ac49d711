import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ClustersView } from "./ClustersView";
import { LinksView } from "./LinksView";
import { MissedView } from "./MissedView";
import { isGoing, KINDS, type Kind, type Mining } from "./mining.logic";
import { RulesView } from "./RulesView";
import { RunState } from "./RunState";
import "./mining.css";

/** 挖掘: candidate rules, missed losses, kinds of leavers, associations; each is a search of the past that runs as a job. */
export function MiningPage() {
  const { t } = useTranslation(["mining", "shell"]);
  const to = useTo();
  const can = useCan();
  const [{ tab }, change] = useUrlState({ tab: "" });
  const kind: Kind = KINDS.find((one) => one === tab) ?? "rules";
  return (
    <>
      <PageHeader
        title={t("shell:nav.mining")}
        actions={can("import") && <Link to={to("/checkup")}>{t("mining:checkup.title")}</Link>}
      />
      <div className="stack">
        <Chips
          label={t("mining:tab.label")}
          value={kind}
          onChange={(next) => change({ tab: next })}
          items={KINDS.map((key) => ({ key, label: t(`mining:tab.${key}`) }))}
        />
        <p className="muted">{t(`mining:about.${kind}`)}</p>
        <Search key={kind} kind={kind} />
      </div>
    </>
  );
}

function Search({ kind }: { kind: Kind }) {
  const { t } = useTranslation("mining");
  const slug = useSlug();
  const runs = api.useQuery("get", "/api/v1/w/{slug}/mining", { params: { path: { slug }, query: { kind } } });
  const start = api.useMutation("post", "/api/v1/w/{slug}/mining", {
    meta: { quiet: true },
    onSuccess: () => void runs.refetch(),
  });
  const newest = runs.data?.[0];
  if (runs.isError) return <ErrorState error={runs.error} retry={() => void runs.refetch()} />;
  if (!runs.data) return <SkeletonRows rows={4} />;
  return (
    <>
      <div>
        <Button
          type={newest ? "default" : "primary"}
          loading={start.isPending}
          disabled={newest !== undefined && isGoing(newest)}
          onClick={() => start.mutate({ params: { path: { slug } }, body: { kind } })}
        >
          {t(newest ? "again" : "start")}
        </Button>
      </div>
      <FormError error={start.error} />
      {newest ? (
        <RunState id={newest.id}>{(run) => <Found run={run} />}</RunState>
      ) : (
        <EmptyState title={t("never")} text={t("neverText")} />
      )}
    </>
  );
}

function Found({ run }: { run: Mining }) {
  if (run.rules) return <RulesView id={run.id} found={run.rules} />;
  if (run.missed) return <MissedView found={run.missed} />;
  if (run.clusters) return <ClustersView found={run.clusters} />;
  return run.links ? <LinksView found={run.links} /> : null;
}
