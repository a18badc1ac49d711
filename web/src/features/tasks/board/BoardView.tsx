import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonCards } from "@/shared/ui/Skeletons";
import type { WorkItem } from "../tasks.logic";
import { useTaskChanges } from "../useTaskChanges";
import { BoardCard } from "./BoardCard";
import { COLUMNS, type Column } from "./board.logic";
import "./board.css";

const LIMIT = 50;
const DRAGGED = "application/x-liuke-task";

export interface BoardQuery {
  scope: string;
  kind?: string;
  owner?: string;
}

/** 待办 / 进行中 / 已完成. Cards move by dragging, by Ctrl and an arrow, or by their menu. */
export function BoardView({ query }: { query: BoardQuery }) {
  return (
    <div className="board">
      {COLUMNS.map((column) => (
        <BoardColumn key={column} column={column} query={query} />
      ))}
    </div>
  );
}

function BoardColumn({ column, query }: { column: Column; query: BoardQuery }) {
  const { t } = useTranslation("work");
  const can = useCan();
  const params = { path: { slug: useSlug() }, query: { ...query, status: column, limit: LIMIT } };
  const list = api.useQuery("get", "/api/v1/w/{slug}/work-items", { params });
  const { moveTo } = useTaskChanges();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const item = JSON.parse(event.dataTransfer.getData(DRAGGED) || "null") as WorkItem | null;
    if (item) moveTo(item, column);
  };
  return (
    <section
      className={`board-column${over ? " over" : ""}`}
      aria-labelledby={`board-${column}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id={`board-${column}`} className="task-group">
        {t(`status.${column}`)} <span className="muted num">{list.data?.total}</span>
      </h2>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <SkeletonCards cards={2} />}
      {list.data?.items.length === 0 && <p className="muted">{t("board.empty")}</p>}
      <ul className="cards">
        {list.data?.items.map((item) => (
          <BoardCard
            key={item.id}
            item={item}
            movable={can("handle")}
            onMove={(to) => moveTo(item, to)}
            onDrag={(event) => event.dataTransfer.setData(DRAGGED, JSON.stringify(item))}
          />
        ))}
      </ul>
      {list.data?.next_cursor && <p className="muted small">{t("board.more", { count: list.data.total - LIMIT })}</p>}
    </section>
  );
}
