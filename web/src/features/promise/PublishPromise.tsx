import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { isRunning, useJob } from "@/shared/session/useJob";
import { FormError } from "@/shared/ui/FormError";
import { JobProgress } from "@/shared/ui/JobProgress";
import { notifyDone } from "@/shared/ui/notify";
import { type Promised, percentOf, small } from "./promise.logic";

/** Makes the target the meaning of 90 points, after showing what changes; everybody is scored again. */
export function PublishPromise({ report, onDone }: { report: Promised; onDone: () => void }) {
  const { t } = useTranslation("promise");
  const slug = useSlug();
  const [asking, setAsking] = useState(false);
  const [jobId, setJobId] = useState<number | null>(null);
  const publish = api.useMutation("post", "/api/v1/w/{slug}/promise", {
    meta: { quiet: true },
    onSuccess: ({ id }) => setJobId(id),
  });
  const job = useJob(jobId, ({ status }) => {
    if (status !== "done") return;
    setAsking(false);
    setJobId(null);
    notifyDone(t("publish.done"));
    onDone();
  });
  const running = job !== undefined && isRunning(job);
  const { target, verdict } = report.chosen;
  if (!report.may_publish) return null;
  return (
    <>
      <Button type="primary" disabled={verdict !== "holds"} onClick={() => setAsking(true)}>
        {t("publish.button", { percent: percentOf(target) })}
      </Button>
      <Modal
        open={asking}
        title={t("publish.title", { percent: percentOf(target) })}
        okText={t("publish.ok")}
        okButtonProps={{ loading: publish.isPending || running }}
        onOk={() => publish.mutate({ params: { path: { slug } }, body: { target } })}
        onCancel={() => setAsking(false)}
      >
        <p>{t("publish.text")}</p>
        <Preview report={report} />
        <FormError error={publish.error ?? (job?.status === "failed" ? job.error : null)} />
        {running && <JobProgress job={job} />}
      </Modal>
    </>
  );
}

function Preview({ report }: { report: Promised }) {
  const { t } = useTranslation("promise");
  const { count, percent } = useFormat();
  const precision = (value: number | null) => (value === null ? "—" : percent(value));
  const rows = [
    ["perWeek", small(report.before.per_week), small(report.after.per_week)],
    ["stock", count(report.before.stock), count(report.after.stock)],
    ["precision", precision(report.before.precision), precision(report.after.precision)],
  ] as const;
  return (
    <table className="figures">
      <caption className="sr-only">{t("publish.caption")}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("publish.before")}</th>
          <th scope="col">{t("publish.after")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, before, after]) => (
          <tr key={key}>
            <th scope="row">{t(`publish.${key}`)}</th>
            <td>{before}</td>
            <td>
              <b>{after}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
