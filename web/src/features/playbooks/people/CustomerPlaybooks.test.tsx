import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { playbookOf } from "../testing/fixtures";
import { stayOf } from "../testing/people";
import { CustomerPlaybooks } from "./CustomerPlaybooks";

const W = "/api/v1/w/demo";
const why = {
  playbook: "高价值挽留",
  verdict: "refused",
  text: "没有进入：在对照之外，但间隔未满",
  checks: [
    { name: "audience", ok: true, text: "属于高价值客户" },
    { name: "reentry", ok: false, text: "上次进入是 12 天前，间隔 90 天" },
  ],
  refusals: [{ at: "2011-09-01T02:00:00Z", text: "间隔未满" }],
  touches: [{ at: "2011-08-27T02:00:00Z", text: "进入，执行组" }],
};
const open = (stays: unknown = [], flows: unknown = [playbookOf()], answer: unknown = why) => {
  const asked = serve({
    [`GET ${W}/customers/7/playbooks`]: stays,
    [`GET ${W}/playbooks`]: flows,
    [`GET ${W}/playbooks/5/why/7`]: answer,
  });
  renderUi(<CustomerPlaybooks customerId={7} />);
  return asked;
};

describe("a customer's playbooks", () => {
  it("says where the customer stands, since when, and what was done", async () => {
    const steps = [
      { at: "2011-09-08T02:00:00Z", node: "n1", kind: "work_item", text: "已建任务：电话回访" },
      { at: "2011-09-09T02:00:00Z", node: "n2", kind: "message", text: "消息被拦下：静默时段" },
    ];
    open([stayOf({}, steps)]);
    const stay = await screen.findByLabelText("高价值挽留");
    expect(within(stay).getByText("停在「等待 2 天」")).toBeInTheDocument();
    expect(within(stay).getByText("高价值挽留")).toHaveAttribute("href", "/w/demo/playbooks/5");
    expect(within(stay).getByText("2011-09-08 03:00 进入")).toBeInTheDocument();
    expect(within(stay).getByText("2 个步骤")).toBeInTheDocument();
    const [first, second] = within(stay).getAllByRole("listitem", { hidden: true });
    expect(first).toHaveTextContent("已建任务：电话回访 2011-09-08 03:00");
    expect(second).toHaveTextContent("消息被拦下：静默时段");
  });

  it("BEY-02 says of a held out customer that nothing is done, whatever the flow's steps are", async () => {
    open([stayOf({ arm: "holdout" })]);
    expect(await screen.findByText("对照组，不做任何动作")).toBeInTheDocument();
    expect(screen.queryByText(/停在/)).not.toBeInTheDocument();
  });

  it("tells how a stay ended, in the engine's words where it has some", async () => {
    const over = { status: "exited", ended_at: "2011-09-09T02:00:00Z" } as const;
    open([stayOf({ ...over, id: 1, end_text: "已下单，达成目标" }), stayOf({ ...over, id: 2 })]);
    expect(await screen.findByText("已下单，达成目标")).toBeInTheDocument();
    expect(screen.getByText("已结束")).toBeInTheDocument();
  });

  it("says that there was none, and offers no question where there is no flow", async () => {
    open([], []);
    expect(await screen.findByText("没有进入过挽回流程")).toBeInTheDocument();
    expect(screen.queryByLabelText("为什么没有进入")).not.toBeInTheDocument();
  });

  it("offers to try again when the stays cannot be read", async () => {
    open(refuse(500, "broken", "数据库忙"));
    expect(await screen.findByText("数据库忙")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});

describe("BEY-07 why a flow does nothing", () => {
  const ask = async () => userEvent.selectOptions(await screen.findByLabelText("为什么没有进入"), "高价值挽留");

  it("is not asked before somebody wonders", async () => {
    const asked = open();
    await screen.findByLabelText("为什么没有进入");
    expect(asked.some(({ path }) => path.includes("/why/"))).toBe(false);
    await ask();
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith("/playbooks/5/why/7"))).toBe(true));
  });

  it("answers in a sentence, with each condition as fulfilled or not", async () => {
    open();
    await ask();
    const answer = await screen.findByLabelText("为什么没有进入 高价值挽留");
    expect(within(answer).getByText(why.text)).toBeInTheDocument();
    expect(within(answer).getByText(/属于高价值客户/)).toHaveTextContent("符合 属于高价值客户");
    expect(within(answer).getByText(/间隔 90 天/)).toHaveTextContent("不符合 上次进入是 12 天前");
  });

  it("lists what happened before, refusals and touches, each with its time", async () => {
    open();
    await ask();
    expect(await screen.findByText(/^2011-09-01 03:00/)).toHaveTextContent("间隔未满");
    expect(screen.getByText(/^2011-08-27 03:00/)).toHaveTextContent("进入，执行组");
  });

  it("shows only the conditions where nothing happened before", async () => {
    open([], [playbookOf()], { ...why, refusals: [], touches: [] });
    await ask();
    const answer = await screen.findByLabelText("为什么没有进入 高价值挽留");
    expect(within(answer).getAllByRole("list")).toHaveLength(1);
  });

  it("goes away when the question is taken back", async () => {
    open();
    await ask();
    await screen.findByText(why.text);
    await userEvent.selectOptions(screen.getByLabelText("为什么没有进入"), "");
    expect(screen.queryByText(why.text)).not.toBeInTheDocument();
  });

  it("says why the question itself was not answered", async () => {
    open([], [playbookOf()], refuse(404, "not_found", "客户不存在"));
    await ask();
    expect(await screen.findByText("客户不存在")).toBeInTheDocument();
  });
});
