import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { BoardCard } from "./board/BoardCard";
import { TaskBulkBar } from "./TaskBulkBar";
import { TaskCard } from "./TaskCard";
import { workItemOf } from "./testing/workItemOf";

const BULK = "/api/v1/w/demo/work-items/bulk";
const OWNERS = "/api/v1/w/demo/owners";
const handler = workspaceOf({ permissions: ["handle"] });

function bar(answers: Record<string, unknown> = {}, workspace = workspaceOf()) {
  const asked = serve({
    [`POST ${BULK}`]: { changed: 2, undo_token: "u" },
    [`GET ${OWNERS}`]: [{ id: 4, name: "陈嘉豪", team: "英国组" }],
    ...answers,
  });
  const onDone = vi.fn();
  renderUi(
    <>
      <TaskBulkBar ids={[1, 2]} onDone={onDone} />
      <UndoToast />
    </>,
    { workspace },
  );
  return { asked, onDone };
}

describe("several tasks at once", () => {
  it("are given to a person, once somebody is chosen", async () => {
    const { asked, onDone } = bar();
    await userEvent.click(screen.getByRole("button", { name: "分派" }));
    const save = await screen.findByRole("button", { name: "保存" });
    expect(save).toBeDisabled();
    await screen.findByRole("option", { name: "陈嘉豪 · 英国组" });
    await userEvent.selectOptions(screen.getByLabelText("转交给"), "4");
    await userEvent.click(save);
    await waitFor(() =>
      expect(sent(asked, `POST ${BULK}`)).toEqual([{ item_ids: [1, 2], action: "assign", owner_id: 4 }]),
    );
    expect(onDone).toHaveBeenCalledOnce();
  });

  it("are put off to nine o'clock of a chosen day", async () => {
    const { asked } = bar();
    await userEvent.click(screen.getByRole("button", { name: "改期" }));
    expect(await screen.findByLabelText("新期限")).toHaveAttribute("min", "2011-09-11");
    await fill("新期限", "2011-09-20");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${BULK}`)).toEqual([
        { item_ids: [1, 2], action: "postpone", due_at: "2011-09-20T08:00:00.000Z" },
      ]),
    );
    expect(await screen.findByText("已改期 2 项任务")).toBeInTheDocument();
  });

  it("cannot be put off to no day", async () => {
    bar();
    await userEvent.click(screen.getByRole("button", { name: "改期" }));
    await screen.findByLabelText("新期限");
    await fill("新期限", "");
    expect(screen.getByRole("button", { name: "保存" })).toBeDisabled();
  });

  it("are not given away by those who may not assign", () => {
    bar({}, handler);
    expect(screen.getByRole("button", { name: "领取" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "分派" })).not.toBeInTheDocument();
  });

  it("offer no way back where nothing was changed", async () => {
    const { asked } = bar({ [`POST ${BULK}`]: refuse(409, "changed", "刚被他人修改") });
    await userEvent.click(screen.getByRole("button", { name: "领取" }));
    await waitFor(() => expect(sent(asked, `POST ${BULK}`)).toHaveLength(1));
    expect(screen.queryByRole("button", { name: "撤销" })).not.toBeInTheDocument();
  });

  it("are let go without a change", async () => {
    const { asked, onDone } = bar();
    await userEvent.click(screen.getByRole("button", { name: "取消选择" }));
    expect(onDone).toHaveBeenCalledOnce();
    expect(asked).toEqual([]);
  });
});

describe("a card of the list", () => {
  const calls = () => ({ onDone: vi.fn(), onReopen: vi.fn(), onFollowUp: vi.fn(), onReassign: vi.fn() });

  it("says by when, in the workspace's hours, and what was said last", () => {
    const follow_ups = [
      { id: 1, at: "2011-09-08T10:00:00Z", by: null, result: "missed", note: "无人接听", next_at: null },
    ];
    renderUi(<TaskCard item={workItemOf({ follow_ups: follow_ups as never })} {...calls()} />);
    expect(screen.getByRole("listitem")).toHaveTextContent("今天 17:00 · 林晓雯");
    expect(screen.getByRole("listitem")).toHaveTextContent(/跟进:未接 · 无人接听/);
  });

  it("marks what is late and what has neither date nor owner", () => {
    const { unmount } = renderUi(
      <TaskCard item={workItemOf({ is_overdue: true, due_at: "2011-09-08T08:00:00Z" })} {...calls()} />,
    );
    expect(screen.getByText("已超时 · 2011-09-08 09:00 · 林晓雯")).toHaveClass("task-late");
    unmount();
    renderUi(<TaskCard item={workItemOf({ due_at: null, owner: null })} {...calls()} />);
    expect(screen.getByText(/^未定日期 · /)).toBeInTheDocument();
  });

  it("opens a finished task again and offers nothing else", async () => {
    const made = calls();
    const item = workItemOf({ status: "done", finished_at: "2011-09-09T10:00:00Z" });
    renderUi(<TaskCard item={item} selection={{ ids: new Set(), toggle: () => undefined }} {...made} />);
    await userEvent.click(screen.getByRole("checkbox", { name: "完成:电话回访" }));
    expect(made.onReopen).toHaveBeenCalledWith(item);
    expect(screen.getByText("2011-09-09 11:00 完成 · 林晓雯")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
    expect(screen.getAllByRole("checkbox")).toHaveLength(1);
  });

  it("cannot be finished by those who may not handle it", () => {
    renderUi(<TaskCard item={workItemOf()} {...calls()} />, { workspace: workspaceOf({ permissions: [] }) });
    expect(screen.getByRole("checkbox", { name: "完成:电话回访" })).toBeDisabled();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("a card of the board", () => {
  it("offers only the columns that it may go to", () => {
    renderUi(<BoardCard item={workItemOf({ status: "doing" })} movable onMove={vi.fn()} onDrag={vi.fn()} />);
    expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["移到…", "待办", "已完成"]);
  });

  it("says when it is late and that nobody has it", () => {
    renderUi(
      <BoardCard
        item={workItemOf({ is_overdue: true, owner: null })}
        movable={false}
        onMove={vi.fn()}
        onDrag={vi.fn()}
      />,
    );
    expect(screen.getByText(/2011-09-10 17:00 前 · 未分派/)).toHaveClass("task-late");
    expect(screen.getByRole("listitem")).toHaveAttribute("draggable", "false");
  });
});
