import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import type { Operations } from "./operations.logic";

/** Jobs that gave up within a day: why, and another try. */
export function FailedJobs({ jobs, onRetried }: { jobs: Operations["failed"]; onRetried: () => void }) {
  const { t } = useTranslation("operations");
  const { dayTime } = useFormat();
  const slug = useSlug();
  const retry = api.useMutation("post", "/api/v1/w/{slug}/operations/jobs/{job_id}/retry", {
    onSuccess: () => {
      notifyDone(t("jobs.retried"));
      onRetried();
    },
    onError: notifyError,
  });
  if (jobs.length === 0) return null;
  return (
    <Panel title={t("jobs.title")} flush>
      <SimpleTable
        label={t("rows", { of: t("jobs.title") })}
        rows={jobs}
        rowKey={({ id }) => id}
        columns={[
          { key: "name", title: t("jobs.name"), render: ({ name }) => name },
          {
            key: "why",
            title: t("jobs.why"),
            render: ({ error, request_id }) => (
              <>
                {error?.message ?? t("jobs.unknown")}
                {request_id && <div className="muted small">{t("jobs.request", { id: request_id })}</div>}
              </>
            ),
          },
          { key: "at", title: t("jobs.at"), render: ({ failed_at }) => (failed_at ? dayTime(failed_at) : "—") },
          {
            key: "tries",
            title: t("jobs.tries"),
            end: true,
            render: ({ attempts }) => <span className="num">{attempts}</span>,
          },
          {
            key: "retry",
            title: "",
            end: true,
            render: ({ id, name }) => (
              <Button
                size="small"
                loading={retry.isPending && retry.variables?.params.path.job_id === id}
                aria-label={t("jobs.retryOf", { name })}
                onClick={() => retry.mutate({ params: { path: { slug, job_id: id } } })}
              >
                {t("jobs.retry")}
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}
