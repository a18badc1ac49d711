import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { FailedJobs } from "./FailedJobs";
import { InstallationPanel } from "./InstallationPanel";
import { LivePanel } from "./LivePanel";
import type { Operations } from "./operations.logic";
import { Parts } from "./Parts";
import { StateTag } from "./StateTag";
import { OutboxPanel, QueuePanel, SourcesPanel } from "./WaitingPanels";
import "./operations.css";

const LOOK_EVERY = 10_000;

/** 运行状况: is everything well, and what to do where it is not. */
export function OperationsPage() {
  const can = useCan();
  return can("workspace") || can("sources") ? <Look /> : <NoPermission />;
}

function Look() {
  const slug = useSlug();
  const found = api.useQuery(
    "get",
    "/api/v1/w/{slug}/operations",
    { params: { path: { slug } } },
    { refetchInterval: LOOK_EVERY },
  );
  if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <SkeletonRows />;
  return <All found={found.data} stale={found.isError} again={() => void found.refetch()} />;
}

function All({ found, stale, again }: { found: Operations; stale: boolean; again: () => void }) {
  const { t } = useTranslation("operations");
  const { dayTime } = useFormat();
  return (
    <>
      <section className="operations-verdict" aria-live="polite">
        <StateTag state={found.state} />
        <strong>{found.sentence}</strong>
        <span className="muted small">{t(stale ? "stale" : "taken", { time: dayTime(found.taken_at) })}</span>
      </section>
      <Parts parts={found.parts} />
      <FailedJobs jobs={found.failed} onRetried={again} />
      <LivePanel live={found.live} />
      <QueuePanel queue={found.queue} />
      <OutboxPanel outbox={found.outbox} />
      <SourcesPanel sources={found.sources} now={found.taken_at} />
      {found.installation && <InstallationPanel found={found.installation} now={found.taken_at} />}
    </>
  );
}
