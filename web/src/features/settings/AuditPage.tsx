import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { PagedFoot } from "@/shared/ui/PagedFoot";
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

const PAGES: Readonly<Record<string, string>> = {
  alert: "alerts",
  customer: "customers",
  playbook: "playbooks",
  rule: "rules",
  work_item: "tasks",
};

/** What was acted on, with a way to it where it has a page of its own. */
function AuditObject({ entry: { object_type, object_text, object_id } }: { entry: Entry }) {
  const to = useTo();
  const text = [object_text, object_id !== "0" && object_id].filter(Boolean).join(" #");
  const page = PAGES[object_type];
  return page && object_id ? (
    <Link to={to(`/${page}/${object_id}`)}>{text}</Link>
  ) : (
    <span className="muted">{text}</span>
  );
}

function useAuditColumns(onAction: (action: string) => void) {
  const { t } = useTranslation("settings");
  const { dayTime } = useFormat();
  return [
    { key: "at", title: t("audit.at"), render: ({ at }: Entry) => <span className="num">{dayTime(at)}</span> },
    { key: "who", title: t("audit.who"), render: ({ actor_name, actor }: Entry) => actor_name || actor },
    {
      key: "what",
      title: t("audit.what"),
      render: ({ action_text, action }: Entry) => (
        <button type="button" className="link-button" onClick={() => onAction(action)}>
          {action_text || action}
        </button>
      ),
    },
    {
      key: "object",
      title: t("audit.object"),
      render: (entry: Entry) => <AuditObject entry={entry} />,
    },
    {
      key: "detail",
      title: t("audit.detail"),
      render: (entry: Entry) => <span className="muted small">{detailOf(entry)}</span>,
    },
  ];
}

function Filters({
  actor,
  action,
  change,
}: {
  actor: string;
  action: string;
  change: (next: { actor?: string; action?: string }) => void;
}) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const people = api.useQuery("get", "/api/v1/w/{slug}/people", { params: { path: { slug } } });
  const options = [
    { value: "", label: t("settings:audit.everybody") },
    ...(people.data ?? []).map(({ user_id, name, email }) => ({ value: `user:${user_id}`, label: name || email })),
  ];
  return (
    <span className="row wrap">
      {action && (
        <button type="button" className="chip" aria-pressed onClick={() => change({ action: "" })}>
          {t("common:action.clearFilters")}
        </button>
      )}
      <NativeSelect
        aria-label={t("settings:audit.who")}
        value={actor}
        options={options}
        onChange={(value) => change({ actor: value })}
      />
    </span>
  );
}

/** Who saw, changed, exported or sent what; by person, and by kind of action with a click on one. */
export function AuditPage() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const can = useCan();
  const [{ actor, action }, change] = useUrlState({ actor: "", action: "" }, PAGER_KEYS);
  const { cursor } = usePager();
  const columns = useAuditColumns((wanted) => change({ action: wanted }));
  const audit = api.useQuery(
    "get",
    "/api/v1/w/{slug}/audit",
    { params: { path: { slug }, query: { actor, action, cursor, limit: PAGE } } },
    { enabled: can("audit") },
  );
  const { data } = audit;
  if (!can("audit")) return <NoPermission />;
  return (
    <Panel extra={<Filters actor={actor} action={action} change={change} />} flush>
      {audit.isPending && <SkeletonRows />}
      {audit.isError && <ErrorState error={audit.error} retry={() => void audit.refetch()} />}
      {data?.items.length === 0 && <EmptyState title={t("audit.none")} />}
      {data && data.items.length > 0 && (
        <SimpleTable label={t("section.audit")} rows={data.items} rowKey={({ id }) => id} columns={columns} />
      )}
      {data && <PagedFoot page={data} size={PAGE} />}
    </Panel>
  );
}
