import { Button, Popconfirm, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useJob } from "@/shared/session/useJob";
import { JobProgress } from "@/shared/ui/JobProgress";
import { SourceHealth } from "./StateTag";
import { everyWords, isScheduled, type Source } from "./source.logic";
import "./source.css";

function Facts({ source }: { source: Source }) {
  const { t } = useTranslation("dataSources");
  const { count, dayTime } = useFormat();
  const when = (moment: string | null) => (moment ? dayTime(moment) : "—");
  const facts: [string, string][] = [
    [t("source.newest"), when(source.newest_row_at)],
    [t("source.rows"), count(source.rows_total)],
    [t("source.success"), when(source.last_success_at)],
  ];
  if (source.enabled && source.next_at) facts.push([t("source.next"), when(source.next_at)]);
  if (source.cursor) facts.push([t("source.cursor"), source.cursor]);
  return (
    <dl className="source-facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Actions({ source, onEdit, onChanged }: SourceCardProps) {
  const { t } = useTranslation(["dataSources", "common"]);
  const slug = useSlug();
  const params = { path: { slug, source_id: source.id } };
  const [jobId, setJobId] = useState<number | null>(null);
  const job = useJob(jobId, onChanged);
  const run = api.useMutation("post", "/api/v1/w/{slug}/sources/{source_id}/run", {
    onSuccess: ({ id }) => setJobId(id),
  });
  const change = api.useMutation("patch", "/api/v1/w/{slug}/sources/{source_id}", { onSuccess: onChanged });
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/sources/{source_id}", { onSuccess: onChanged });
  const running = job?.status === "queued" || job?.status === "running";
  return (
    <div className="source-actions">
      <Switch
        aria-label={t("dataSources:source.enabledOf", { name: source.name })}
        checked={source.enabled}
        loading={change.isPending}
        checkedChildren={t("common:action.enable")}
        unCheckedChildren={t("common:action.disable")}
        onChange={(enabled) => change.mutate({ params, body: { enabled } })}
      />
      <Button size="small" loading={run.isPending || running} onClick={() => run.mutate({ params })}>
        {t("dataSources:source.run")}
      </Button>
      <Button size="small" onClick={onEdit}>
        {t("common:action.edit")}
      </Button>
      <Popconfirm title={t("dataSources:source.deleteAsk")} onConfirm={() => remove.mutate({ params })}>
        <Button size="small" danger loading={remove.isPending}>
          {t("common:action.delete")}
        </Button>
      </Popconfirm>
      {job && running && <JobProgress job={job} />}
      {job?.status === "failed" && <span className="overdue small">{job.error?.message}</span>}
    </div>
  );
}

/** How far each kind of documents of an ERP is read, and what of it counts for nothing. */
function Streams({ streams }: { streams: NonNullable<Source["streams"]> }) {
  const { t } = useTranslation("dataSources");
  const { count, list } = useFormat();
  return (
    <ul className="small">
      {streams.map((stream) => (
        <li key={stream.name}>
          {t(stream.complete ? "kingdee.upTo" : "kingdee.loading", {
            label: stream.label,
            documents: count(stream.documents),
            moment: stream.read_to || "—",
          })}
          {stream.left_out.length > 0 && (
            <span className="muted"> {t("kingdee.without", { reasons: list(stream.left_out) })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

export interface SourceCardProps {
  source: Source;
  onEdit: () => void;
  onChanged: () => void;
}

export function SourceCard(props: SourceCardProps) {
  const { source } = props;
  const { t } = useTranslation("dataSources");
  const mayEdit = useCan()("sources");
  const every = source.every_minutes ? everyWords(source.every_minutes) : undefined;
  return (
    <li className="source">
      <div className="row wrap">
        <strong>{source.name}</strong>
        <SourceHealth state={source.state} />
        <span className="tag">{t(`kind.${source.kind}`)}</span>
        {every && <span className="muted small">{t(`source.${every.key}`, { count: every.count })}</span>}
      </div>
      <Facts source={source} />
      {source.streams && source.streams.length > 0 && <Streams streams={source.streams} />}
      {source.last_error && (
        <p className="form-error">
          {t("source.failed", { count: source.failures })} {source.last_error.message}
        </p>
      )}
      {mayEdit && isScheduled(source) && <Actions {...props} />}
    </li>
  );
}
