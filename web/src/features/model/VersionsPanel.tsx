import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { JobProgress } from "@/shared/ui/JobProgress";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { canRollBack, intervalText, type Row } from "./model.logic";
import { VersionActions } from "./VersionActions";

interface Props {
  page: Schemas["ModelPageOut"];
  shown: number | null;
  onChanged: () => void;
}

/** All versions, newest first: status, how well they rank with recency and the base rate beside it, and what may be done. */
export function VersionsPanel({ page, shown, onChanged }: Props) {
  const { t } = useTranslation("model");
  const slug = useSlug();
  const { dayTime, percent } = useFormat();
  const rollback = api.useMutation("post", "/api/v1/w/{slug}/model/rollback", { onSuccess: onChanged });
  const columns = [
    {
      key: "number",
      title: t("versions.number"),
      render: (row: Row) => (
        <Link to={`/w/${slug}/model/${row.number}`} aria-current={row.number === shown ? "true" : undefined}>
          v{row.number}
        </Link>
      ),
    },
    { key: "status", title: t("versions.status"), render: (row: Row) => <Status row={row} /> },
    { key: "stage", title: t("versions.stage"), render: (row: Row) => t(`stage.${row.stage}`) },
    { key: "auc", title: t("versions.auc"), render: (row: Row) => intervalText(row.auc), end: true },
    { key: "recency", title: t("versions.recency"), render: (row: Row) => intervalText(row.recency_auc), end: true },
    {
      key: "rate",
      title: t("versions.rate"),
      render: (row: Row) => (row.base_rate === null ? "—" : percent(row.base_rate)),
      end: true,
    },
    { key: "at", title: t("versions.at"), render: (row: Row) => dayTime(row.created_at) },
    {
      key: "actions",
      title: t("versions.actions"),
      render: (row: Row) => page.may_publish && <VersionActions row={row} onChanged={onChanged} />,
    },
  ];
  return (
    <Panel
      title={t("versions.title")}
      flush
      extra={
        page.may_publish &&
        canRollBack(page.versions) && (
          <Popconfirm
            title={t("rollback.ask")}
            okText={t("rollback.button")}
            onConfirm={() => rollback.mutate({ params: { path: { slug } } })}
          >
            <Button size="small" loading={rollback.isPending}>
              {t("rollback.button")}
            </Button>
          </Popconfirm>
        )
      }
    >
      {page.versions.length === 0 ? (
        <EmptyState title={t("versions.none")} text={t("versions.noneText")} />
      ) : (
        <SimpleTable columns={columns} rows={page.versions} rowKey={(row) => row.number} label={t("versions.title")} />
      )}
    </Panel>
  );
}

function Status({ row }: { row: Row }) {
  const { t } = useTranslation("model");
  return (
    <div className="stack tight">
      <span className={`model-status ${row.status}`}>{t(`status.${row.status}`)}</span>
      {row.status === "training" && row.job && <JobProgress job={row.job} />}
      {row.status === "failed" && row.job?.error && <span className="small">{row.job.error.message}</span>}
      {row.status === "shadow" && <span className="small muted">{t("shadow.left", { days: row.shadow_left })}</span>}
      {row.objections.map((text) => (
        <span key={text} className="small">
          {text}
        </span>
      ))}
    </div>
  );
}
