import { ArrowLeftOutlined } from "@ant-design/icons";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { MessagesPanel } from "@/features/messages/MessagesPanel";
import { TicketsPanel } from "@/features/tickets/TicketsPanel";
import { VisitList } from "@/features/visits/VisitList";
import { api } from "@/shared/api/client";
import { onDemand } from "@/shared/list/onDemand";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { FollowUpList } from "../FollowUpList";
import type { WorkItem } from "../tasks.logic";
import type { CommentsPanel as Comments } from "./CommentsPanel";
import { DealsPanel } from "./DealsPanel";
import { PlanPanel } from "./PlanPanel";
import { ScriptsPanel } from "./ScriptsPanel";
import { TaskHead } from "./TaskHead";
import { useItemSheet } from "./useItemSheet";
import "@/shared/list/list.css";
import "../tasks.css";
import "./page.css";

const CommentsPanel = onDemand<ComponentProps<typeof Comments>>(
  () => true,
  async () => (await import("./CommentsPanel")).CommentsPanel,
);

/** One task: what to do step by step, what to say, what was seen and said, who helps. */
export function TaskPage() {
  const { t } = useTranslation("work");
  const to = useTo();
  const id = Number(useParams().itemId);
  const path = { slug: useSlug(), item_id: id };
  const item = api.useQuery("get", "/api/v1/w/{slug}/work-items/{item_id}", { params: { path } });
  if (item.isError) return <ErrorState error={item.error} retry={() => void item.refetch()} />;
  if (!item.data) return <SkeletonCards cards={3} height={160} />;
  return (
    <div className="stack with-sticky-actions task-page">
      <Link to={to("/tasks")} className="back-link">
        <Icon of={ArrowLeftOutlined} />
        {t("back")}
      </Link>
      <TaskHead item={item.data} />
      <TaskBody item={item.data} />
    </div>
  );
}

function TaskBody({ item }: { item: WorkItem }) {
  const { t } = useTranslation("work");
  const sheet = useItemSheet(item.id);
  if (sheet.isError) return <ErrorState error={sheet.error} retry={() => void sheet.refetch()} />;
  if (!sheet.data) return <SkeletonCards cards={2} height={140} />;
  return (
    <div className="task-columns">
      <div className="stack">
        <PlanPanel item={item} sheet={sheet.data} />
        <ScriptsPanel packs={sheet.data.packs} />
        <MessagesPanel customerId={item.customer.id} customerName={item.customer.name} />
      </div>
      <div className="stack">
        <Panel title={t("visits.title")}>
          <VisitList visits={sheet.data.visits} />
        </Panel>
        <DealsPanel deals={sheet.data.opportunities} />
        <TicketsPanel about={{ work_item_id: item.id }} customerName={item.customer.name} />
        <CommentsPanel item={item} sheet={sheet.data} />
        <Panel title={t("followUps")}>
          <FollowUpList items={item.follow_ups} />
        </Panel>
      </div>
    </div>
  );
}
