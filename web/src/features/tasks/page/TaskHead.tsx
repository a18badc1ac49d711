import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { VisitTarget } from "@/features/visits/useRecordVisit";
import { VisitSheet } from "@/features/visits/VisitSheet";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { PageHeader } from "@/shared/ui/PageHeader";
import { RiskTag } from "@/shared/ui/RiskTag";
import { SampleMark } from "@/shared/ui/SampleMark";
import { FollowUpSheet } from "../FollowUpSheet";
import { targetOf } from "../TaskActions";
import type { WorkItem } from "../tasks.logic";
import type { FollowUpTarget } from "../useFollowUp";
import { useTaskChanges } from "../useTaskChanges";

/** Whose task, how dangerous, by when; follow up, log a visit, finish. */
export function TaskHead({ item }: { item: WorkItem }) {
  const { t } = useTranslation(["work", "tasks", "common"]);
  const to = useTo();
  const format = useFormat();
  const owner = item.owner?.name ?? t("common:state.unassigned");
  return (
    <div className="task-page-head">
      <PageHeader
        title={item.title}
        meta={
          <span className="row wrap">
            <Link to={to(`/customers/${item.customer.id}`)}>{item.customer.name}</Link>
            {item.customer.name_is_sample && <SampleMark />}
            <RiskTag level={item.level} />
            <span className="tag">{t(`status.${item.status}`)}</span>
            <span className="tag">{t(`tasks:kind.${item.kind}`)}</span>
            <span className={item.is_overdue ? "task-late" : ""}>
              {item.due_at ? t("dueBy", { time: format.dayTime(item.due_at) }) : t("undated")}
            </span>
            <span>{owner}</span>
            {item.alert_id !== null && <Link to={to(`/alerts/${item.alert_id}`)}>{t("toAlert")}</Link>}
          </span>
        }
        actions={<HeadActions item={item} />}
      />
      {item.reason && item.reason !== item.title && <p className="task-reason">{item.reason}</p>}
      {item.note && <p>{item.note}</p>}
    </div>
  );
}

function HeadActions({ item }: { item: WorkItem }) {
  const { t } = useTranslation(["work", "common"]);
  const can = useCan();
  const { finish, reopen, claim, busy } = useTaskChanges();
  const [followed, setFollowed] = useState<FollowUpTarget | null>(null);
  const [visited, setVisited] = useState<VisitTarget | null>(null);
  if (!can("handle")) return null;
  if (item.status === "done" || item.status === "cancelled")
    return <Button onClick={() => reopen(item)}>{t("reopen")}</Button>;
  const visit = { customerId: item.customer.id, customerName: item.customer.name, workItemId: item.id };
  return (
    <div className="task-page-actions">
      {item.status === "todo" && (
        <Button loading={busy} onClick={() => claim(item)}>
          {t("claim")}
        </Button>
      )}
      <Button onClick={() => setVisited(visit)}>{t("visits.log")}</Button>
      <Button onClick={() => finish(item)}>{t("finish")}</Button>
      <Button type="primary" onClick={() => setFollowed(targetOf(item))}>
        {t("common:action.followUp")}
      </Button>
      <FollowUpSheet target={followed} onClose={() => setFollowed(null)} />
      <VisitSheet target={visited} onClose={() => setVisited(null)} />
    </div>
  );
}
