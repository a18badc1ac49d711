import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { TicketPage } from "./TicketPage";
import { TicketsPage } from "./TicketsPage";
import { TicketsPanel } from "./TicketsPanel";
import { ticketOf } from "./testing/ticketOf";
import { bodyOf, emptyDraft, isReady, withTopic } from "./tickets.logic";

const W = "/api/v1/w/demo";
const routes = {
  routes: [
    { topic: "quality", team_id: 4 },
    { topic: "parts", team_id: null },
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

describe("a ticket's draft", () => {
  const NOW = "2011-09-09T23:00:00Z";
  const draft = emptyDraft(NOW, "Europe/London");
  it("goes to the team of its topic; without one the chosen team stays", () => {
    const chosen = withTopic({ ...draft, team: "5", owner: "9" }, "quality", routes.routes as never);
    expect([chosen.team, chosen.owner]).toEqual(["4", ""]);
    expect(withTopic({ ...draft, team: "5", owner: "9" }, "parts", routes.routes as never)).toMatchObject({
      team: "5",
      owner: "9",
    });
  });
  it("needs words and a team", () => {
    expect(isReady(draft)).toBe(false);
    expect(isReady({ ...draft, title: "x", team: "4" })).toBe(true);
    expect(bodyOf({ ...draft, title: " x ", team: "4" }, { alert_id: 3 }, "k", NOW, "Europe/London")).toEqual({
      topic: "quality",
      title: "x",
      text: "",
      team_id: 4,
      owner_id: null,
      due_at: "2011-09-12T08:00:00.000Z",
      request_key: "k",
      alert_id: 3,
    });
  });
});

describe("协同工单", () => {
  const list = {
    [`GET ${W}/tickets`]: pageOf([ticketOf()]),
    [`GET ${W}/tickets/counts`]: { received: 1, raised: 2, overdue: 0 },
  };
  const openList = (workspace = workspaceOf({ permissions: ["handle"] })) =>
    renderUi(<TicketsPage />, { at: "/w/demo/tickets", path: "/w/:slug/tickets", workspace });

  it("lists what the team received, with its filters in the address", async () => {
    const asked = serve(list);
    openList();
    expect(await screen.findByRole("link", { name: "灯珠发黄" })).toHaveAttribute("href", "/w/demo/tickets/3");
    await userEvent.click(screen.getByRole("button", { name: /我提交的 2/ }));
    await userEvent.selectOptions(screen.getByLabelText("状态"), "solved");
    expect(address()).toBe("/w/demo/tickets?scope=raised&status=solved");
    await waitFor(() => expect(asked.at(-1)?.query.get("scope")).toBe("raised"));
  });

  it("says where tickets come from when there are none", async () => {
    serve({ ...list, [`GET ${W}/tickets`]: pageOf([]) });
    openList();
    expect(await screen.findByRole("heading", { name: "没有协同工单" })).toBeInTheDocument();
  });

  it("lets who keeps the workspace say which team receives what", async () => {
    const asked = serve({ ...list, [`GET ${W}/ticket-routes`]: routes, [`PUT ${W}/ticket-routes`]: routes });
    openList(workspaceOf());
    await userEvent.selectOptions(await screen.findByLabelText("备件"), "5");
    await waitFor(() =>
      expect(sent(asked, `PUT ${W}/ticket-routes`)).toEqual([{ routes: [{ topic: "parts", team_id: 5 }] }]),
    );
  });

  const openOne = () => renderUi(<TicketPage />, { at: "/w/demo/tickets/3", path: "/w/:slug/tickets/:ticketId" });

  it("is accepted with one tap and returned with a reason", async () => {
    const asked = serve({
      [`GET ${W}/tickets/3`]: ticketOf(),
      [`POST ${W}/tickets/3/move`]: ticketOf({ status: "working" }),
    });
    openOne();
    await userEvent.click(await screen.findByRole("button", { name: "受理" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/tickets/3/move`)).toEqual([{ move: "accept", note: "" }]));
    await userEvent.click(screen.getByRole("button", { name: "退回" }));
    const save = await screen.findByRole("button", { name: "保存" });
    expect(save).toBeDisabled();
    await userEvent.type(screen.getByLabelText("退回原因"), "缺批号");
    await userEvent.click(save);
    await waitFor(() =>
      expect(sent(asked, `POST ${W}/tickets/3/move`).at(-1)).toEqual({ move: "return", note: "缺批号" }),
    );
  });

  it("does not link to a customer whom the reader may not open", async () => {
    serve({ [`GET ${W}/tickets/3`]: ticketOf({ customer_is_visible: false, work_item_id: null, moves: [] }) });
    openOne();
    expect(await screen.findByText("宁波瑞安贸易有限公司")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "宁波瑞安贸易有限公司" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "受理" })).not.toBeInTheDocument();
  });

  it("PLY-14 is raised from a task to another team", async () => {
    const asked = serve({
      [`GET ${W}/tickets`]: pageOf([]),
      [`GET ${W}/ticket-routes`]: routes,
      [`POST ${W}/tickets`]: ticketOf(),
    });
    renderUi(<TicketsPanel about={{ work_item_id: 1 }} customerName="宁波瑞安" />);
    await userEvent.click(await screen.findByRole("button", { name: "提交工单" }));
    await userEvent.type(await screen.findByLabelText("要解决什么"), "灯珠发黄");
    const team = screen.getByLabelText("受理团队");
    await waitFor(() => expect(team.querySelectorAll("option")).toHaveLength(3));
    await userEvent.selectOptions(team, "4");
    await userEvent.selectOptions(screen.getByLabelText("负责人"), "8");
    await userEvent.click(screen.getByRole("button", { name: "提交" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/tickets`)).toHaveLength(1));
    expect(sent(asked, `POST ${W}/tickets`)[0]).toMatchObject({
      title: "灯珠发黄",
      team_id: 4,
      owner_id: 8,
      work_item_id: 1,
    });
  });
});
