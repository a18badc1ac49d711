import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bytes } from "@/features/operations/operations.logic";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { isRunning, type Job, useJob } from "@/shared/session/useJob";
import { JobProgress } from "@/shared/ui/JobProgress";
import { notifyDone, notifyError } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { hasRoom, isOverdue, type Keeping } from "./keeping.logic";

interface BackupsPanelProps {
  found: Keeping;
  onChanged: () => void;
}

/** The backups on the server, whether they are recent, and one more on demand. They are fetched on the server, not from here. */
export function BackupsPanel({ found, onChanged }: BackupsPanelProps) {
  const { t } = useTranslation("keeping");
  const slug = useSlug();
  const [asked, setAsked] = useState<number | null>(null);
  const ended = (job: Job) => {
    if (job.status === "done") notifyDone(t("backup.done"));
    onChanged();
  };
  const followed = useJob(asked, ended) ?? found.running ?? undefined;
  const failed = followed?.status === "failed" ? followed : found.failed;
  const make = api.useMutation("post", "/api/v1/w/{slug}/keeping/backups", {
    onSuccess: ({ id }) => setAsked(id),
    onError: notifyError,
  });
  const busy = followed !== undefined && isRunning(followed);
  return (
    <Panel
      title={t("backup.title")}
      extra={
        <Button
          type="primary"
          disabled={busy}
          loading={make.isPending}
          onClick={() => make.mutate({ params: { path: { slug } } })}
        >
          {t("backup.now")}
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{found.nightly ? t("backup.text", { count: found.nightly }) : t("backup.off")}</p>
        {busy && followed && <JobProgress job={followed} />}
        {!busy && failed && (
          <p role="alert" className="keeping-fault">
            {t("backup.failed", { why: failed.error?.message ?? "" })}
          </p>
        )}
        <Warnings found={found} />
        <Table found={found} />
        <p className="muted small">{t("backup.elsewhere")}</p>
      </div>
    </Panel>
  );
}

/** Whether no night has passed yet in which a backup could have been made: only the server knows how old the installation is. */
function useNeverDue(found: Keeping): boolean {
  const slug = useSlug();
  const asked = found.nightly > 0 && !found.backups.some(({ reason }) => reason === "nightly");
  const { data } = api.useQuery(
    "get",
    "/api/v1/w/{slug}/operations",
    { params: { path: { slug } } },
    { enabled: asked },
  );
  return asked && data?.parts.find(({ part }) => part === "backup")?.state !== "warn";
}

function Warnings({ found }: { found: Keeping }) {
  const { t } = useTranslation("keeping");
  const young = useNeverDue(found);
  const said = [
    !young && isOverdue(found, new Date().toISOString()) && t("backup.overdue"),
    !hasRoom(found) && t("backup.room", { free: bytes(found.free_bytes) }),
    found.backups[0] && !found.backups[0].has_secret && t("backup.secret"),
  ].filter((text): text is string => Boolean(text));
  if (said.length === 0) return null;
  return (
    <ul className="keeping-warnings">
      {said.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function Table({ found }: { found: Keeping }) {
  const { t } = useTranslation("keeping");
  const { dayTime, count } = useFormat();
  if (found.backups.length === 0) return <p>{t("backup.none")}</p>;
  return (
    <SimpleTable
      label={t("backup.list")}
      rows={found.backups}
      rowKey={({ name }) => name}
      columns={[
        { key: "at", title: t("backup.at"), render: ({ made_at }) => dayTime(made_at) },
        { key: "why", title: t("backup.why"), render: ({ reason }) => t(`backup.reason.${reason}`) },
        {
          key: "bytes",
          title: t("backup.size"),
          end: true,
          render: (one) => <span className="num">{bytes(one.bytes)}</span>,
        },
        {
          key: "rows",
          title: t("backup.rows"),
          end: true,
          render: (one) => <span className="num">{count(one.rows + one.activities)}</span>,
        },
      ]}
    />
  );
}
