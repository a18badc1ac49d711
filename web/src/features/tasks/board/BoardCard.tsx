import type { DragEvent, KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { RiskTag } from "@/shared/ui/RiskTag";
import type { WorkItem } from "../tasks.logic";
import { beside, COLUMNS, type Column, mayMove } from "./board.logic";

export interface BoardCardProps {
  item: WorkItem;
  movable: boolean;
  onMove: (to: Column) => void;
  onDrag: (event: DragEvent) => void;
}

/** A task on the board. */
export function BoardCard({ item, movable, onMove, onDrag }: BoardCardProps) {
  const { t } = useTranslation(["work", "common"]);
  const to = useTo();
  const format = useFormat();
  const column = COLUMNS.find((name) => name === item.status) ?? "todo";
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : null;
    if (!movable || !event.ctrlKey || by === null) return;
    event.preventDefault();
    const target = beside(column, by);
    if (target && mayMove(item, target)) onMove(target);
  };
  const choices = COLUMNS.filter((name) => mayMove(item, name));
  return (
    <li className="card board-card" draggable={movable} onDragStart={onDrag} onKeyDown={keys}>
      <Link className="board-title" to={to(`/tasks/${item.id}`)}>
        {item.title}
      </Link>
      <span className="row wrap">
        <span>{item.customer.name}</span>
        <RiskTag level={item.level} />
      </span>
      <span className={`small ${item.is_overdue ? "task-late" : "muted"}`}>
        {item.due_at ? t("dueBy", { time: format.dayTime(item.due_at) }) : t("undated")} ·{" "}
        {item.owner?.name ?? t("common:state.unassigned")}
      </span>
      {movable && (
        <NativeSelect
          aria-label={t("board.moveNamed", { title: item.title })}
          value=""
          options={[
            { value: "", label: t("board.move") },
            ...choices.map((name) => ({ value: name, label: t(`status.${name}`) })),
          ]}
          onChange={(name) => name && onMove(name as Column)}
        />
      )}
    </li>
  );
}
