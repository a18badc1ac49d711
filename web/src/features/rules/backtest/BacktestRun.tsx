import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { FormError } from "@/shared/ui/FormError";
import { JobProgress } from "@/shared/ui/JobProgress";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { BacktestReport } from "./BacktestReport";
import { type Backtest, isGoing, type Subject, sameSubject } from "./backtest.logic";

const POLL_MS = 700;

/** One backtest: its progress with a way to stop it, then its report or why there is none. */
export function BacktestRun({ id, subject }: { id: number; subject: Subject | null }) {
  const { t } = useTranslation("backtests");
  const path = { slug: useSlug(), run_id: id };
  const run = api.useQuery(
    "get",
    "/api/v1/w/{slug}/backtests/{run_id}",
    { params: { path } },
    { staleTime: 0, refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? POLL_MS : false) },
  );
  const cancel = api.useMutation("post", "/api/v1/w/{slug}/backtests/{run_id}/cancel", {
    onSuccess: () => void run.refetch(),
  });
  if (run.isError) return <ErrorState error={run.error} retry={() => void run.refetch()} />;
  if (!run.data) return <SkeletonRows rows={4} />;
  if (isGoing(run.data)) {
    const stage = t(run.data.status === "queued" ? "queued" : "running");
    return (
      <div className="backtest-going" role="status">
        <JobProgress job={{ progress: run.data.progress, stage }} />
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ params: { path } })}>
          {t("cancel")}
        </Button>
      </div>
    );
  }
  const stale = subject !== null && run.data.status === "done" && !sameSubject(run.data.subject, subject);
  return (
    <>
      {stale && <p className="form-note">{t("form.stale")}</p>}
      <Ended run={run.data} />
    </>
  );
}

function Ended({ run }: { run: Backtest }) {
  const { t } = useTranslation("backtests");
  if (run.status === "cancelled") return <EmptyState title={t("cancelled")} />;
  if (run.status === "failed") {
    return (
      <>
        <p>{t("failed")}</p>
        <FormError error={run.error ?? {}} />
      </>
    );
  }
  if (!run.figures || run.origins === 0) {
    return (
      <>
        <EmptyState title={t("noHistory")} text={t("noHistoryText", { days: run.horizon_days })} />
        <Notes notes={run.notes} />
      </>
    );
  }
  return (
    <>
      <BacktestReport run={run} figures={run.figures} />
      <Notes notes={run.notes} />
    </>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  const { t } = useTranslation("backtests");
  if (notes.length === 0) return null;
  return (
    <section aria-label={t("notes")}>
      <h3>{t("notes")}</h3>
      <ul className="notes muted">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
