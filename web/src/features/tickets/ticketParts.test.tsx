import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { RaiseForm } from "./RaiseForm";
import { RoutesPanel } from "./RoutesPanel";
import { TicketActions } from "./TicketActions";
import { TicketCard } from "./TicketCard";
import { TicketPage } from "./TicketPage";
import { TicketsPanel } from "./TicketsPanel";
import { ticketOf } from "./testing/ticketOf";

const W = "/api/v1/w/demo";
const routes = {
  routes: [
    { topic: "quality", team_id: 4 },
    { topic: "parts", team_id: 5 },
    { topic: "other", team_id: null },
  ],
  teams: [
    { id: 4, name: "质检" },
    { id: 5, name: "备件" },
  ],
  people: [
    { id: 8, name: "周工", team: "质检" },
    { id: 9, name: "吴工", team: "备件" },
  ],
};

describe("PLY-14 raising a ticket", () => {
  async function open(answers: Record<string, unknown> = {}, known = routes) {
    const asked = serve({ [`GET ${W}/ticket-routes`]: known, ...answers });
    const onClose = vi.fn();
    renderUi(<RaiseForm open about={{ alert_id: 3 }} customerName="宁波瑞安" onClose={onClose} />);
    const team = await screen.findByLabelText("受理团队");
    await waitFor(() => expect(team.children).toHaveLength(known.teams.length + 1));
    return { asked, onClose };
  }

  it("goes to the team of its topic, and only its people can be named", async () => {
    await open();
    await userEvent.selectOptions(screen.getByLabelText("类型"), "parts");
    expect(screen.getByLabelText("受理团队")).toHaveValue("5");
    expect(screen.getByRole("option", { name: "吴工" })).toBeInTheDocument();
    expect(screen.queryByRole("option", { name: "周工" })).not.toBeInTheDocument();
  });

  it("forgets the person when another team is chosen", async () => {
    const { asked } = await open({ [`POST ${W}/tickets`]: ticketOf() });
    await fill("要解决什么", "灯珠发黄");
    await userEvent.selectOptions(screen.getByLabelText("类型"), "parts");
    await userEvent.selectOptions(screen.getByLabelText("负责人"), "9");
    await userEvent.selectOptions(screen.getByLabelText("受理团队"), "4");
    expect(screen.getByLabelText("负责人")).toHaveValue("");
    await userEvent.click(screen.getByRole("button", { name: "提交" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${W}/tickets`)[0]).toMatchObject({ team_id: 4, owner_id: null, alert_id: 3 }),
    );
  });

  it("may be without a date", async () => {
    const { asked, onClose } = await open({ [`POST ${W}/tickets`]: ticketOf() });
    await fill("要解决什么", "灯珠发黄");
    await fill("期限", "");
    await userEvent.selectOptions(screen.getByLabelText("类型"), "parts");
    await userEvent.click(screen.getByRole("button", { name: "提交" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent(asked, `POST ${W}/tickets`)[0]).toMatchObject({ due_at: null });
  });

  it("stays open when it did not arrive, and a second try has the same key", async () => {
    const { asked, onClose } = await open({ [`POST ${W}/tickets`]: refuse(503, "busy", "忙") });
    await fill("要解决什么", "灯珠发黄");
    await userEvent.selectOptions(screen.getByLabelText("类型"), "parts");
    const send = screen.getByRole("button", { name: "提交" });
    await userEvent.click(send);
    await waitFor(() => expect(sent(asked, `POST ${W}/tickets`)).toHaveLength(1));
    await waitFor(() => expect(send).toBeEnabled());
    await userEvent.click(send);
    await waitFor(() => expect(sent(asked, `POST ${W}/tickets`)).toHaveLength(2));
    const [first, second] = sent(asked, `POST ${W}/tickets`) as { request_key: string }[];
    expect(second?.request_key).toBe(first?.request_key);
    expect(onClose).not.toHaveBeenCalled();
  });

  it("says who makes teams where there are none", async () => {
    await open({}, { routes: [], teams: [], people: [] });
    expect(await screen.findByText("还没有团队，请管理员在成员与权限里创建")).toBeInTheDocument();
    await fill("要解决什么", "灯珠发黄");
    expect(screen.getByRole("button", { name: "提交" })).toBeDisabled();
  });
});

describe("the moves of a ticket", () => {
  it("may carry a word, and forget it when they are given up", async () => {
    const asked = serve({ [`POST ${W}/tickets/3/move`]: ticketOf({ status: "solved" }) });
    renderUi(<TicketActions ticket={ticketOf({ status: "working", moves: ["solve", "return"] })} />);
    await userEvent.click(screen.getByRole("button", { name: "退回" }));
    await screen.findByLabelText("退回原因");
    await fill("退回原因", "缺批号");
    await userEvent.click(screen.getByRole("button", { name: "取消" }));
    await userEvent.click(screen.getByRole("button", { name: "已解决" }));
    expect(await screen.findByLabelText("说明")).toHaveValue("");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/tickets/3/move`)).toEqual([{ move: "solve", note: "" }]));
  });

  it("are none where it is the other side's turn", () => {
    renderUi(<TicketActions ticket={ticketOf({ moves: [] })} />);
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("a ticket in a list", () => {
  it("says who has it, who asked and that it is late", () => {
    renderUi(<TicketCard ticket={ticketOf({ is_overdue: true })} />);
    const card = screen.getByRole("listitem");
    expect(card).toHaveTextContent("质检 · 未受理");
    expect(card).toHaveTextContent("林晓雯 提交");
    expect(screen.getByText("2011-09-12 09:00 前")).toHaveClass("task-late");
  });

  it("does not repeat the customer on the customer's own page, nor a date that there is not", () => {
    renderUi(<TicketCard ticket={ticketOf({ due_at: null, raised_by: null })} hideCustomer />);
    expect(screen.queryByText("宁波瑞安贸易有限公司")).not.toBeInTheDocument();
    expect(screen.getByRole("listitem")).not.toHaveTextContent(/前$|提交/);
  });
});

describe("a ticket's page", () => {
  const open = (answer: unknown) => {
    serve({ [`GET ${W}/tickets/3`]: answer });
    renderUi(<TicketPage />, { at: "/w/demo/tickets/3", path: "/w/:slug/tickets/:ticketId" });
  };

  it("tells what was done, by whom, and what was said", async () => {
    const history = [
      { at: "2011-09-09T08:00:00Z", by: null, status: "open", note: "" },
      { at: "2011-09-09T09:00:00Z", by: { id: 8, name: "周工", team: "质检" }, status: "returned", note: "缺批号" },
    ];
    open(ticketOf({ history: history as never, status: "returned" }));
    const [first, second] = await screen.findAllByRole("listitem");
    expect(first).toHaveTextContent("待受理系统2011-09-09 09:00");
    expect(second).toHaveTextContent("退回周工2011-09-09 10:00缺批号");
  });

  it("leads to the task and the customer it is about", async () => {
    open(ticketOf());
    expect(await screen.findByRole("link", { name: "打开任务" })).toHaveAttribute("href", "/w/demo/tasks/1");
    expect(screen.getByRole("link", { name: "宁波瑞安贸易有限公司" })).toHaveAttribute("href", "/w/demo/customers/7");
  });

  it("says when it cannot be had", async () => {
    open(refuse(404, "not_found", "没有这张工单"));
    expect(await screen.findByText(/没有这张工单/)).toBeInTheDocument();
  });
});

describe("tickets beside a task", () => {
  it("are asked for by what they are about, and not raised by a reader", async () => {
    const asked = serve({ [`GET ${W}/tickets`]: pageOf([]) });
    const workspace = workspaceOf({ permissions: [] });
    renderUi(<TicketsPanel about={{ work_item_id: 1 }} customerName="宁波瑞安" />, { workspace });
    expect(await screen.findByText("还没有协同工单")).toBeInTheDocument();
    expect(asked[0]?.query.get("work_item_id")).toBe("1");
    expect(screen.queryByRole("button", { name: "提交工单" })).not.toBeInTheDocument();
  });
});

describe("the teams of the topics", () => {
  it("are taken away from a topic again", async () => {
    const asked = serve({ [`GET ${W}/ticket-routes`]: routes, [`PUT ${W}/ticket-routes`]: routes });
    renderUi(<RoutesPanel />);
    await userEvent.selectOptions(await screen.findByLabelText("质检"), "不设定");
    await waitFor(() =>
      expect(sent(asked, `PUT ${W}/ticket-routes`)).toEqual([{ routes: [{ topic: "quality", team_id: null }] }]),
    );
  });

  it("are nobody's business without the workspace", () => {
    const asked = serve({});
    renderUi(<RoutesPanel />, { workspace: workspaceOf({ permissions: ["handle"] }) });
    expect(asked).toEqual([]);
    expect(screen.queryByText("默认受理团队")).not.toBeInTheDocument();
  });
});
