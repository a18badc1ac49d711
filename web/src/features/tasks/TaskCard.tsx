import { CheckOutlined, SwapOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { TaskMarks } from "@/features/routing/TaskMarks";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { RiskTag } from "@/shared/ui/RiskTag";
import { SampleMark } from "@/shared/ui/SampleMark";
import type { WorkItem } from "./tasks.logic";
import "./tasks.css";

/** Which tasks are chosen for bulk work. */
export interface Selection {
  ids: ReadonlySet<number>;
  toggle: (id: number) => void;
}

export interface TaskCardProps {
  item: WorkItem;
  onDone: (item: WorkItem) => void;
  onReopen: (item: WorkItem) => void;
  onFollowUp: (item: WorkItem) => void;
  onReassign: (item: WorkItem) => void;
  /** On the customer's own page the name is known. */
  hideCustomer?: boolean;
  /** Only where tasks can be chosen for bulk work. */
  selection?: Selection;
}

/** One thing to do: check it off, follow it up, hand it on. */
export function TaskCard({ item, onDone, onReopen, onFollowUp, onReassign, hideCustomer, selection }: TaskCardProps) {
  const { t } = useTranslation(["tasks", "common"]);
  const can = useCan();
  const done = item.status === "done";
  return (
    <li className={`task card${done ? " done" : ""}`}>
      <button
        type="button"
        role="checkbox"
        aria-checked={done}
        aria-label={t("done.check", { title: item.title })}
        className="task-check"
        disabled={!can("handle")}
        onClick={() => (done ? onReopen(item) : onDone(item))}
      >
        <span>{done && <Icon of={CheckOutlined} />}</span>
      </button>
      {selection && !done && <SelectBox item={item} selection={selection} />}
      <div className="grow task-body">
        <TaskText item={item} hideCustomer={hideCustomer} />
        <div className="spread task-foot">
          <TaskDue item={item} />
          {!done && (
            <span className="row">
              {can("assign") && (
                <Button
                  type="text"
                  icon={<Icon of={SwapOutlined} />}
                  aria-label={t("reassign.action", { title: item.title })}
                  onClick={() => onReassign(item)}
                />
              )}
              {can("handle") && (
                <Button onClick={() => onFollowUp(item)} aria-label={t("followUp.action", { title: item.title })}>
                  {t("common:action.followUp")}
                </Button>
              )}
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

function SelectBox({ item, selection }: { item: WorkItem; selection: Selection }) {
  const { t } = useTranslation("work");
  return (
    <label className="task-select">
      <input
        type="checkbox"
        aria-label={t("bulk.select", { title: item.title })}
        checked={selection.ids.has(item.id)}
        onChange={() => selection.toggle(item.id)}
      />
    </label>
  );
}

function TaskText({ item, hideCustomer }: { item: WorkItem; hideCustomer?: boolean }) {
  const { t } = useTranslation(["tasks", "common"]);
  const to = useTo();
  const format = useFormat();
  const last = item.follow_ups.at(-1);
  return (
    <div className="task-text">
      <div className="row wrap">
        <Link className="task-title" to={to(`/tasks/${item.id}`)}>
          {item.title}
        </Link>
        <span className="tag">{t(`kind.${item.kind}`)}</span>
        <TaskMarks item={item} />
      </div>
      {!hideCustomer && (
        <div className="row wrap">
          <Link to={to(`/customers/${item.customer.id}`)}>{item.customer.name}</Link>
          {item.customer.name_is_sample && <SampleMark />}
          <RiskTag level={item.level} />
          <span className="muted small">{t("annual", { money: format.money(item.annual_value) })}</span>
        </div>
      )}
      {item.reason && item.reason !== item.title && <p className="task-reason">{item.reason}</p>}
      {last && (
        <p className="muted small">
          {t("lastFollowUp", { ago: format.ago(last.at), result: t(`result.${last.result}`) })}
          {last.note && ` · ${last.note}`}
        </p>
      )}
    </div>
  );
}

function TaskDue({ item }: { item: WorkItem }) {
  const { t } = useTranslation(["tasks", "common"]);
  const format = useFormat();
  const owner = item.owner?.name ?? t("common:state.unassigned");
  if (item.finished_at)
    return <span className="muted small">{t("due.finished", { time: format.dayTime(item.finished_at), owner })}</span>;
  if (!item.due_at) return <span className="muted small">{t("due.none", { owner })}</span>;
  const time = format.isToday(item.due_at)
    ? t("due.today", { time: format.clock(item.due_at) })
    : format.dayTime(item.due_at);
  return (
    <span className={`small ${item.is_overdue ? "task-late" : "muted"}`}>
      {item.is_overdue ? t("due.overdue", { time, owner }) : t("due.at", { time, owner })}
    </span>
  );
}
