import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { TasksPage } from "./TasksPage";
import { workItemOf } from "./testing/workItemOf";

const ITEMS = "/api/v1/w/demo/work-items";
const counts = { today: 2, week: 5, overdue: 1, done: 3, open: 9 };
const items = [
  workItemOf({ id: 1, title: "处理投诉", is_overdue: true, due_at: "2011-09-09T10:00:00Z" }),
  workItemOf({ id: 2, title: "发送方案", kind: "renewal" }),
  workItemOf({ id: 3, title: "补货确认", due_at: null, kind: "manual" }),
];
const answers = { [`GET ${ITEMS}`]: pageOf(items), [`GET ${ITEMS}/counts`]: counts };
const open = (at = "/w/demo/tasks", workspace = workspaceOf()) =>
  renderUi(
    <>
      <TasksPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/tasks", workspace },
  );

describe("我的任务", () => {
  it("is grouped by when it is due", async () => {
    serve(answers);
    open();
    const late = await screen.findByRole("region", { name: /已超时/ });
    expect(late).toHaveTextContent("处理投诉");
    expect(screen.getByRole("region", { name: /今天/ })).toHaveTextContent("发送方案");
    expect(screen.getByRole("region", { name: /未定日期/ })).toHaveTextContent("补货确认");
    expect(screen.getByText("今天 2 项,已完成 3 项,1 项超时")).toBeInTheDocument();
  });

  it("is done with one tap and opened again from the toast", async () => {
    const asked = serve({ ...answers, [`PATCH ${ITEMS}/1`]: workItemOf({ status: "done" }) });
    open();
    await userEvent.click(await screen.findByRole("checkbox", { name: "完成:处理投诉" }));
    expect(await screen.findByText("已完成「处理投诉」")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() =>
      expect(sent(asked, `PATCH ${ITEMS}/1`)).toEqual([
        { status: "done", seq: 0 },
        { status: "todo", seq: 0 },
      ]),
    );
  });

  it("is followed up with a note and a next date", async () => {
    const asked = serve({ ...answers, [`POST ${ITEMS}/2/follow-ups`]: workItemOf() });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "跟进:发送方案" }));
    await userEvent.click(await screen.findByRole("radio", { name: "接通" }));
    await userEvent.type(screen.getByLabelText("备注"), "要看新报价");
    await userEvent.click(screen.getByRole("button", { name: "一周后" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "同时完成这项任务" }));
    await userEvent.click(screen.getByRole("button", { name: "保存跟进" }));
    await waitFor(() => expect(sent(asked, `POST ${ITEMS}/2/follow-ups`)).toHaveLength(1));
    expect(sent(asked, `POST ${ITEMS}/2/follow-ups`)[0]).toMatchObject({
      result: "reached",
      note: "要看新报价",
      next_at: "2011-09-17T08:00:00.000Z",
      done: true,
    });
  });

  it("is handed to another person", async () => {
    const asked = serve({
      ...answers,
      "GET /api/v1/w/demo/owners": [{ id: 2, name: "陈嘉豪", team: "英国组" }],
      [`PATCH ${ITEMS}/1`]: workItemOf(),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "转交:处理投诉" }));
    const person = await screen.findByLabelText("转交给");
    await waitFor(() => expect(within(person).getByText("陈嘉豪 · 英国组")).toBeInTheDocument());
    await userEvent.selectOptions(person, "2");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `PATCH ${ITEMS}/1`)).toEqual([{ owner_id: 2 }]));
  });

  it("keeps its view in the address and asks the server for it", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: /本周 5/ }));
    expect(address()).toBe("/w/demo/tasks?view=week");
    await waitFor(() =>
      expect(
        asked
          .filter(({ path }) => path === ITEMS)
          .at(-1)
          ?.query.get("due"),
      ).toBe("week"),
    );
    await userEvent.click(screen.getByRole("button", { name: "团队" }));
    await waitFor(() =>
      expect(
        asked
          .filter(({ path }) => path === ITEMS)
          .at(-1)
          ?.query.get("scope"),
      ).toBe("team"),
    );
  });

  it("shows finished work as a list that can be opened again", async () => {
    const done = workItemOf({ id: 4, status: "done", finished_at: "2011-09-09T15:00:00Z", title: "回访" });
    const asked = serve({ ...answers, [`GET ${ITEMS}`]: pageOf([done]), [`PATCH ${ITEMS}/4`]: workItemOf() });
    open("/w/demo/tasks?view=done");
    const check = await screen.findByRole("checkbox", { name: "完成:回访" });
    expect(check).toBeChecked();
    expect(screen.queryByRole("button", { name: /^跟进/ })).not.toBeInTheDocument();
    await userEvent.click(check);
    await waitFor(() => expect(sent(asked, `PATCH ${ITEMS}/4`)).toEqual([{ status: "todo", seq: 0 }]));
  });

  it("says where work comes from when there is none", async () => {
    serve({ ...answers, [`GET ${ITEMS}`]: pageOf([]) });
    open();
    expect(await screen.findByRole("heading", { name: "没有待办任务" })).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "去预警中心看看" })).toHaveAttribute("href", "/w/demo/alerts");
  });

  it("only shows work to those who may not handle it", async () => {
    serve(answers);
    open("/w/demo/tasks", workspaceOf({ permissions: [], role: "analyst" }));
    expect(await screen.findByRole("checkbox", { name: "完成:处理投诉" })).toBeDisabled();
    expect(screen.queryByRole("button", { name: /^跟进/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "新建任务" })).not.toBeInTheDocument();
  });

  it("says what went wrong", async () => {
    serve({ ...answers, [`GET ${ITEMS}`]: refuse(403, "forbidden", "无权查看") });
    open();
    expect(await screen.findByRole("heading", { name: "没有权限查看" })).toBeInTheDocument();
  });
});
