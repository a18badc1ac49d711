import { CopyOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FollowUpSheet } from "@/features/tasks/FollowUpSheet";
import type { FollowUpTarget } from "@/features/tasks/useFollowUp";
import { api, type Schemas } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { isDialable } from "@/shared/list/phone";
import { useCan, useSlug, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SampleMark } from "@/shared/ui/SampleMark";
import { Score, ScoreNote } from "@/shared/ui/Score";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import { DayListLink } from "./DayListLink";
import "./today.css";
import "@/shared/list/list.css";

type Item = Schemas["TodayItem"];

/** 今日: at most five customers, why, how much, what to say. */
export function TodayPage() {
  const { t } = useTranslation("today");
  const to = useTo();
  const path = { slug: useSlug() };
  const today = api.useQuery("get", "/api/v1/w/{slug}/today", { params: { path } });
  const [followed, setFollowed] = useState<FollowUpTarget | null>(null);
  const meta =
    today.data && t("meta", { done: today.data.done_today, open: today.data.open_total, overdue: today.data.overdue });
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={meta}
        actions={
          <>
            <DayListLink />
            <Link to={to("/tasks")}>{t("allTasks")}</Link>
          </>
        }
      />
      {today.isError && <ErrorState error={today.error} retry={() => void today.refetch()} />}
      {today.isPending && <SkeletonCards cards={3} height={150} />}
      {today.data?.items.length === 0 && (
        <EmptyState title={t("empty")} text={t("emptyText")}>
          <Link to={to("/alerts")}>{t("toAlerts")}</Link>
        </EmptyState>
      )}
      {today.data && today.data.items.length > 0 && (
        <section className="stack" aria-label={t("lead", { count: today.data.items.length })}>
          <div className="spread">
            <strong>{t("lead", { count: today.data.items.length })}</strong>
            <ScoreNote />
          </div>
          <ol className="today">
            {today.data.items.map((item) => (
              <TodayCard key={item.customer.id} item={item} onFollowUp={setFollowed} />
            ))}
          </ol>
        </section>
      )}
      <FollowUpSheet target={followed} onClose={() => setFollowed(null)} />
    </>
  );
}

/** The task's page; what has none yet is told by its alert or its customer. */
function pageOf({ work_item_id, alert_id, customer }: Item): string {
  if (work_item_id) return `/tasks/${work_item_id}`;
  return alert_id ? `/alerts/${alert_id}` : `/customers/${customer.id}`;
}

function TodayCard({ item, onFollowUp }: { item: Item; onFollowUp: (target: FollowUpTarget) => void }) {
  const { t } = useTranslation(["today", "common"]);
  const to = useTo();
  const can = useCan();
  const format = useFormat();
  const { customer } = item;
  const target = {
    customerId: customer.id,
    customerName: customer.name,
    workItemId: item.work_item_id,
    alertId: item.alert_id,
  };
  const dialable = isDialable(item.phone);
  return (
    <li className="card today-card">
      <div className="row">
        <Score score={item.score} level={item.level} />
        <Link className="grow today-name" to={to(pageOf(item))}>
          {customer.name}
        </Link>
        {customer.name_is_sample && <SampleMark />}
      </div>
      <p>{item.why}</p>
      <p className="muted small">
        {t("annual", { money: format.money(item.annual_value) })}
        {item.due_at &&
          ` · ${t("due", { time: format.isToday(item.due_at) ? format.clock(item.due_at) : format.dayTime(item.due_at) })}`}
      </p>
      {item.say && (
        <div className="today-say">
          <span className="muted small">{t("say")}</span>
          <p>{item.say}</p>
        </div>
      )}
      <div className="today-actions">
        <Button icon={<Icon of={CopyOutlined} />} onClick={() => void copyText(item.say)} disabled={!item.say}>
          {t("copy")}
        </Button>
        <Button
          icon={<Icon of={PhoneOutlined} />}
          href={dialable ? `tel:${item.phone}` : undefined}
          disabled={!dialable}
          title={dialable ? undefined : t("noPhone")}
        >
          {t("call")}
        </Button>
        {can("handle") && (
          <Button type="primary" onClick={() => onFollowUp(target)}>
            {t("common:action.followUp")}
          </Button>
        )}
      </div>
    </li>
  );
}
