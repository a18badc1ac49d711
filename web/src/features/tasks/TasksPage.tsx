import { PlusOutlined } from "@ant-design/icons";
import { keepPreviousData } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "@/shared/api/client";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { withoutEmpty } from "@/shared/list/values";
import { useCan, useTo, useWorkspace } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PagedFoot } from "@/shared/ui/PagedFoot";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { PAGER_KEYS, usePager } from "@/shared/ui/usePager";
import { NewTaskSheet } from "./NewTaskSheet";
import { TaskActions } from "./TaskActions";
import { TaskBulkBar } from "./TaskBulkBar";
import { TaskFilters } from "./TaskFilters";
import { grouped, queryOf, VIEWS, type View, type WorkItem } from "./tasks.logic";
import "@/shared/list/list.css";

const BoardView = lazy(async () => ({ default: (await import("./board/BoardView")).BoardView }));
const DEFAULTS = { view: "open", scope: "mine", as: "list", kind: "", owner: "" };
const LIMIT = 50;
const WAYS = ["list", "board"] as const;
const isView = (text: string): text is View => (VIEWS as readonly string[]).includes(text);

/** 我的任务: what is due when, done with one tap, followed up with two. */
export function TasksPage() {
  const { t } = useTranslation(["tasks", "work", "common"]);
  const { slug, scope: reach } = useWorkspace();
  const can = useCan();
  const to = useTo();
  const phone = usePhone();
  const [url, change] = useUrlState(DEFAULTS, PAGER_KEYS);
  const view = isView(url.view) ? url.view : "open";
  const board = url.as === "board";
  const path = { slug };
  const counts = api.useQuery("get", "/api/v1/w/{slug}/work-items/counts", {
    params: { path, query: { scope: url.scope } },
  });
  const [creating, setCreating] = useState(false);
  const chips = VIEWS.map((key) => ({ key, label: t(`view.${key}`), count: counts.data?.[key] }));
  const scopes = (["mine", "team"] as const).map((key) => ({ key, label: t(`scope.${key}`) }));
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          counts.data && t("meta", { today: counts.data.today, done: counts.data.done, overdue: counts.data.overdue })
        }
        actions={
          <>
            {!phone && <Link to={to("/today")}>{t("toToday")}</Link>}
            {can("handle") && (
              <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setCreating(true)}>
                {t("new.title")}
              </Button>
            )}
          </>
        }
      />
      <div className="stack">
        <div className="task-bar">
          {!board && (
            <Chips label={t("view.label")} items={chips} value={view} onChange={(key) => change({ view: key })} />
          )}
          {reach !== "own" && (
            <Chips
              label={t("scope.label")}
              items={scopes}
              value={url.scope === "mine" ? "mine" : "team"}
              onChange={(scope) => change({ scope })}
            />
          )}
          <TaskFilters kind={url.kind} owner={url.owner} people={url.scope !== "mine"} onChange={change} />
          <Chips
            label={t("work:board.label")}
            items={WAYS.map((key) => ({ key, label: t(`work:board.${key}`) }))}
            value={board ? "board" : "list"}
            onChange={(as) => change({ as })}
          />
        </div>
        {board ? (
          <Suspense fallback={<SkeletonCards />}>
            <BoardView query={{ scope: url.scope, ...withoutEmpty({ kind: url.kind, owner: url.owner }) }} />
          </Suspense>
        ) : (
          <TaskList view={view} filters={{ scope: url.scope, kind: url.kind, owner: url.owner }} />
        )}
      </div>
      <NewTaskSheet open={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function TaskList({ view, filters }: { view: View; filters: { scope: string; kind: string; owner: string } }) {
  const { slug } = useWorkspace();
  const can = useCan();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const { cursor } = usePager();
  const query = withoutEmpty({ ...queryOf(view), ...filters, cursor, limit: LIMIT });
  const list = api.useQuery(
    "get",
    "/api/v1/w/{slug}/work-items",
    { params: { path: { slug }, query } },
    { placeholderData: keepPreviousData },
  );
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonCards />;
  if (list.data.items.length === 0) return <NoTasks view={view} />;
  const { items } = list.data;
  const selected = items.map(({ id }) => id).filter((id) => chosen.has(id));
  const toggle = (id: number) =>
    setChosen(new Set(chosen.has(id) ? selected.filter((one) => one !== id) : [...selected, id]));
  const selection = view !== "done" && can("handle") ? { ids: chosen, toggle } : undefined;
  return (
    <>
      {selected.length > 0 && <TaskBulkBar ids={selected} onDone={() => setChosen(new Set())} />}
      <TaskActions selection={selection}>
        {(show) => (view === "done" ? show(items) : <Groups items={items} show={show} />)}
      </TaskActions>
      <PagedFoot page={list.data} size={LIMIT} />
    </>
  );
}

function Groups({
  items,
  show,
}: {
  items: readonly WorkItem[];
  show: (items: readonly WorkItem[]) => React.ReactNode;
}) {
  const { t } = useTranslation("tasks");
  const { now, time_zone: zone } = useWorkspace();
  return (
    <>
      {grouped(items, now, zone).map(({ group, items: some }) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} className={`task-group ${group}`}>
            {t(`group.${group}`)} <span className="muted num">{some.length}</span>
          </h2>
          {show(some)}
        </section>
      ))}
    </>
  );
}

function NoTasks({ view }: { view: View }) {
  const { t } = useTranslation("tasks");
  const to = useTo();
  if (view === "done") return <EmptyState title={t("empty.done")} text={t("empty.doneText")} />;
  return (
    <EmptyState title={t("empty.open")} text={t("empty.openText")}>
      <Link to={to("/alerts")}>{t("empty.toAlerts")}</Link>
    </EmptyState>
  );
}
