import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "@/shared/api/client";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { MapStep } from "./MapStep";
import { type Batch, type Step, stepOf } from "./mapping.logic";
import { ResultStep } from "./ResultStep";
import { RunStep } from "./RunStep";
import { UploadStep } from "./UploadStep";
import "./data.css";

const STEPS: readonly Step[] = ["upload", "map", "run", "result"];

function Steps({ current }: { current: Step }) {
  const { t } = useTranslation("dataSources");
  const at = STEPS.indexOf(current);
  return (
    <ol className="wizard-steps">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === current ? "step" : undefined} className={index < at ? "done" : undefined}>
          <b aria-hidden>{index + 1}</b>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}

/** The batch of the address, followed while it runs; when it ends, everything else is read again. */
function useBatch(batchId: number | undefined) {
  const slug = useSlug();
  const refreshAll = useRefreshAll();
  const batch = api.useQuery(
    "get",
    "/api/v1/w/{slug}/imports/{batch_id}",
    { params: { path: { slug, batch_id: batchId ?? 0 } } },
    {
      enabled: batchId !== undefined,
      staleTime: 0,
      refetchInterval: ({ state }) => (stepOf(state.data) === "run" ? 800 : false),
    },
  );
  const step = batchId === undefined ? "upload" : stepOf(batch.data);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === "run" && step === "result") refreshAll();
    before.current = step;
  }, [step, refreshAll]);
  return { batch, step };
}

function BatchStep({ batch, onChanged }: { batch: Batch; onChanged: () => void }) {
  const step = stepOf(batch);
  if (step === "map") return <MapStep key={batch.id} batch={batch} onChanged={onChanged} />;
  return step === "run" ? <RunStep batch={batch} onChanged={onChanged} /> : <ResultStep batch={batch} />;
}

/** Upload → mapping with preview → progress → result; the address holds the batch, so a reload loses nothing. */
export function ImportPage() {
  const { t } = useTranslation(["dataSources", "shell"]);
  const to = useTo();
  const can = useCan();
  const { batchId } = useParams();
  const { batch, step } = useBatch(batchId === undefined ? undefined : Number(batchId));
  if (!can("import")) return <NoPermission />;
  return (
    <>
      <PageHeader
        title={t("dataSources:import.title")}
        meta={<Link to={to("/data")}>{t("dataSources:import.back")}</Link>}
      />
      <Steps current={step} />
      {batchId === undefined && <UploadStep />}
      {batch.data && <BatchStep batch={batch.data} onChanged={() => void batch.refetch()} />}
      {batchId !== undefined && batch.isPending && <SkeletonRows />}
      {batch.isError && <ErrorState error={batch.error} retry={() => void batch.refetch()} />}
    </>
  );
}
