import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { CursorPager } from "@/shared/ui/CursorPager";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";

type Entry = Schemas["AuditOut"];
const PAGE = 50;

const detailOf = ({ detail }: Entry) =>
  Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");

function useAuditColumns() {
  const { t } = useTranslation("settings");
  const { dayTime } = useFormat();
  return [
    { key: "at", title: t("audit.at"), render: ({ at }: Entry) => <span className="num">{dayTime(at)}</span> },
    { key: "who", title: t("audit.who"), render: ({ actor_name, actor }: Entry) => actor_name || actor },
    { key: "what", title: t("audit.what"), render: ({ action_text, action }: Entry) => action_text || action },
    {
      key: "object",
      title: t("audit.object"),
      render: ({ object_type, object_id }: Entry) => (
        <span className="muted">{[object_type, object_id].filter(Boolean).join(" #")}</span>
      ),
    },
    {
      key: "detail",
      title: t("audit.detail"),
      render: (entry: Entry) => <span className="muted small">{detailOf(entry)}</span>,
    },
  ];
}

/** Who saw, changed, exported or sent what. */
export function AuditPage() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const can = useCan();
  const [{ actor, action }, change] = useUrlState({ actor: "", action: "" }, PAGER_KEYS);
  const { cursor, trail, onGo } = usePager();
  const columns = useAuditColumns();
  const audit = api.useQuery(
    "get",
    "/api/v1/w/{slug}/audit",
    { params: { path: { slug }, query: { actor, action, cursor, limit: PAGE } } },
    { enabled: can("audit") },
  );
  const { data } = audit;
  if (!can("audit")) return <NoPermission />;
  return (
    <Panel
      extra={
        <span className="row wrap">
          <Input.Search
            aria-label={t("audit.who")}
            placeholder={t("audit.who")}
            defaultValue={actor}
            allowClear
            onSearch={(value) => change({ actor: value })}
            style={{ width: 160 }}
          />
          <Input.Search
            aria-label={t("audit.what")}
            placeholder={t("audit.what")}
            defaultValue={action}
            allowClear
            onSearch={(value) => change({ action: value })}
            style={{ width: 160 }}
          />
        </span>
      }
      flush
    >
      {audit.isPending && <SkeletonRows />}
      {audit.isError && <ErrorState error={audit.error} retry={() => void audit.refetch()} />}
      {data?.items.length === 0 && <EmptyState title={t("audit.none")} />}
      {data && data.items.length > 0 && (
        <SimpleTable label={t("section.audit")} rows={data.items} rowKey={({ id }) => id} columns={columns} />
      )}
      {data && (data.next_cursor || trail.length > 0) && (
        <CursorPager
          shown={data.items.length}
          total={data.total}
          totalIsCapped={data.total_is_capped}
          nextCursor={data.next_cursor}
          cursor={cursor}
          trail={trail}
          pageSize={PAGE}
          onGo={onGo}
        />
      )}
    </Panel>
  );
}
