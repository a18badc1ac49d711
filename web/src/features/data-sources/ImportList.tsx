import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { usePager } from "@/shared/ui/usePager";
import type { Batch } from "./mapping.logic";
import { BatchState } from "./StateTag";

const PAGE = 50;

export function useBatchColumns() {
  const { t } = useTranslation("dataSources");
  const { count, dayTime } = useFormat();
  const to = useTo();
  return [
    {
      key: "file",
      title: t("list.file"),
      render: ({ id, file_name, source }: Batch) => (
        <Link to={to(`/data/import/${id}`)}>{file_name || source || `#${id}`}</Link>
      ),
    },
    { key: "entity", title: t("list.entity"), render: ({ entity }: Batch) => (entity ? t(`entity.${entity}`) : "—") },
    { key: "status", title: t("list.status"), render: ({ status }: Batch) => <BatchState status={status} /> },
    {
      key: "new",
      title: t("result.rows_new"),
      end: true,
      render: ({ rows_new }: Batch) => <span className="num">{count(rows_new)}</span>,
    },
    {
      key: "rejected",
      title: t("result.rows_rejected"),
      end: true,
      render: ({ rows_rejected }: Batch) => <span className="num">{count(rows_rejected)}</span>,
    },
    { key: "by", title: t("list.by"), render: ({ created_by }: Batch) => created_by ?? "—" },
    {
      key: "at",
      title: t("list.at"),
      render: ({ created_at }: Batch) => <span className="num">{dayTime(created_at)}</span>,
    },
  ];
}

/** Past and running imports, newest first. */
export function ImportList() {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const { cursor } = usePager();
  const columns = useBatchColumns();
  const batches = api.useQuery(
    "get",
    "/api/v1/w/{slug}/imports",
    { params: { path: { slug }, query: { cursor, limit: PAGE } } },
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ status }) => status === "queued" || status === "running") ? 1500 : false,
    },
  );
  const { data } = batches;
  return (
    <Panel flush>
      {batches.isPending && <SkeletonRows />}
      {batches.isError && <ErrorState error={batches.error} retry={() => void batches.refetch()} />}
      {data && data.items.length === 0 && <EmptyState title={t("list.none")} text={t("list.noneText")} />}
      {data && data.items.length > 0 && (
        <SimpleTable label={t("tab.imports")} rows={data.items} rowKey={({ id }) => id} columns={columns} />
      )}
      {data && <PagedFoot page={data} size={PAGE} />}
    </Panel>
  );
}
