import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { playbookOf } from "../testing/fixtures";
import { customerOf, enrolmentOf } from "../testing/people";
import type { Playbook } from "../types";
import { EnrolmentsPanel } from "./EnrolmentsPanel";

const W = "/api/v1/w/demo";
const LIST = `GET ${W}/playbooks/5/enrolments`;
interface Opened {
  page?: unknown;
  playbook?: Partial<Playbook>;
  permissions?: ReturnType<typeof workspaceOf>["permissions"];
  search?: string;
}
const open = ({ page = pageOf([enrolmentOf()]), playbook = {}, permissions, search = "" }: Opened = {}) => {
  const asked = serve({ [LIST]: page, [`POST ${W}/enrolments/31/stop`]: enrolmentOf({ status: "stopped" }) });
  renderUi(<EnrolmentsPanel playbook={playbookOf(playbook)} />, {
    at: `/w/demo/playbooks/5${search}`,
    path: "w/:slug/playbooks/:playbookId",
    workspace: workspaceOf(permissions && { permissions }),
  });
  return asked;
};
const lastQuery = (asked: ReturnType<typeof open>) =>
  Object.fromEntries(asked.filter(({ path }) => path.endsWith("/enrolments")).at(-1)?.query ?? []);

describe("who is in the flow", () => {
  it("shows each customer with the step and when the next one is due", async () => {
    open();
    expect(await screen.findByText("华东灯具")).toHaveAttribute("href", "/w/demo/customers/7");
    expect(screen.getByText("停在「等待 2 天」")).toBeInTheDocument();
    expect(screen.getByText("2011-09-08 03:00")).toBeInTheDocument();
    expect(screen.getByText("2011-09-12 03:00")).toBeInTheDocument();
  });

  it("BEY-02 shows no next step for the held out, but when they reached the goal", async () => {
    const held = enrolmentOf({ arm: "holdout", goal_at: "2011-09-10T02:00:00Z" });
    open({ page: pageOf([held]), search: "?who=holdout" });
    expect(await screen.findByText("对照组，不做任何动作")).toBeInTheDocument();
    expect(screen.queryByText("2011-09-12 03:00")).not.toBeInTheDocument();
    expect(screen.getByText("2011-09-10 03:00")).toBeInTheDocument();
  });

  it.each([
    ["进行中", { status: "active,waiting", arm: "treated" }],
    ["已结束", { status: "done,exited,stopped,failed", arm: "treated" }],
    ["对照组", { arm: "holdout" }],
    ["全部", {}],
  ])("asks the server for %s only", async (label, wanted) => {
    const asked = open({ search: "?who=over" });
    await screen.findByText("华东灯具");
    await userEvent.click(screen.getByText(label));
    await waitFor(() => {
      const { cursor: _cursor, limit, ...query } = lastQuery(asked);
      expect(query).toEqual(wanted);
      expect(limit).toBe("50");
    });
  });

  it("starts at the first page again when another group is chosen", async () => {
    const asked = open({ search: "?cursor=abc&trail=" });
    await screen.findByText("华东灯具");
    expect(lastQuery(asked)).toMatchObject({ cursor: "abc" });
    await userEvent.click(screen.getByText("全部"));
    await waitFor(() => expect(address()).toBe("/w/demo/playbooks/5?who=all"));
  });

  it("turns pages by the server's cursor and says how many there are", async () => {
    const asked = open({ page: pageOf([enrolmentOf()], { next_cursor: "c2", total: 51 }) });
    expect(await screen.findByText("1–1 / 51")).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText("下一页"));
    await waitFor(() => expect(lastQuery(asked)).toMatchObject({ cursor: "c2" }));
  });

  it("follows a customer whose step is being done right now", async () => {
    let asked = 0;
    const moving = enrolmentOf({ status: "active", node_text: "电话回访", wake_at: null });
    open({ page: () => pageOf([asked++ ? enrolmentOf() : moving]) });
    expect(await screen.findByText("停在「电话回访」")).toBeInTheDocument();
    expect(await screen.findByText("停在「等待 2 天」", {}, { timeout: 4_000 })).toBeInTheDocument();
  });

  it("says that nobody is there", async () => {
    open({ page: pageOf([]) });
    expect(await screen.findByText("这里还没有客户")).toBeInTheDocument();
  });

  it("offers to try again after a failure", async () => {
    let broken = true;
    open({ page: () => (broken ? refuse(500, "broken", "数据库忙") : pageOf([enrolmentOf()])) });
    await screen.findByText("数据库忙");
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("华东灯具")).toBeInTheDocument();
  });
});

describe("taking a customer out", () => {
  it("asks back by name before it does", async () => {
    const asked = open();
    await userEvent.click(await screen.findByLabelText("让 华东灯具 退出"));
    expect(await screen.findByText("让 华东灯具 退出流程？")).toBeInTheDocument();
    expect(sent(asked, `POST ${W}/enrolments/31/stop`)).toHaveLength(0);
    await userEvent.click(screen.getByText("确定"));
    await waitFor(() => expect(sent(asked, `POST ${W}/enrolments/31/stop`)).toHaveLength(1));
  });

  it("is offered only for who is still inside", async () => {
    const over = enrolmentOf({ id: 32, status: "done", customer: customerOf(8, "北辰家居"), ended_at: "2011-09-09" });
    open({ page: pageOf([enrolmentOf(), over]) });
    const row = (await screen.findByText("北辰家居")).closest("tr") as HTMLElement;
    expect(within(row).queryByRole("button")).not.toBeInTheDocument();
    expect(screen.getByLabelText("让 华东灯具 退出")).toBeInTheDocument();
  });

  it("is not for those who may only read", async () => {
    open({ permissions: [] });
    await screen.findByText("华东灯具");
    expect(screen.queryByLabelText("让 华东灯具 退出")).not.toBeInTheDocument();
    expect(screen.queryByText("手动加入")).not.toBeInTheDocument();
  });
});

it.each([
  ["offers to enrol by hand while the flow runs", {}, true],
  ["takes nobody while the flow is paused", { paused_at: "2011-09-01T02:00:00Z" }, false],
  ["takes nobody while the flow is switched off", { enabled: false }, false],
  ["takes nobody into a flow that was never published", { live: null }, false],
])("%s", async (_says, playbook, offered) => {
  open({ playbook });
  await screen.findByText("华东灯具");
  expect(screen.queryAllByText("手动加入")).toHaveLength(offered ? 1 : 0);
});
