import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { JobProgress } from "@/shared/ui/JobProgress";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { isGoing, type Mining } from "./mining.logic";

const POLL_MS = 1_000;

/** A search: its progress with a way to stop it, why there is no result, or what `children` make of it. */
export function RunState({ id, children }: { id: number; children: (run: Mining) => ReactNode }) {
  const { t } = useTranslation("mining");
  const path = { slug: useSlug(), run_id: id };
  const run = api.useQuery(
    "get",
    "/api/v1/w/{slug}/mining/{run_id}",
    { params: { path } },
    { staleTime: 0, refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? POLL_MS : false) },
  );
  const cancel = api.useMutation("post", "/api/v1/w/{slug}/mining/{run_id}/cancel", {
    onSuccess: () => void run.refetch(),
  });
  if (run.isError) return <ErrorState error={run.error} retry={() => void run.refetch()} />;
  if (!run.data) return <SkeletonRows rows={4} />;
  if (isGoing(run.data)) {
    const stage = run.data.job?.stage || t(run.data.status === "queued" ? "queued" : "running");
    return (
      <div className="mining-going" role="status">
        <JobProgress job={{ progress: run.data.progress, stage }} />
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ params: { path } })}>
          {t("cancel")}
        </Button>
      </div>
    );
  }
  if (run.data.status === "cancelled") return <EmptyState title={t("cancelled")} />;
  if (run.data.status === "failed") return <FormError error={run.data.error ?? {}} />;
  return <>{children(run.data)}</>;
}
