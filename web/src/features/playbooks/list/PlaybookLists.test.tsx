import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { refuse, sent, serve } from "@/shared/testing/server";
import { PlaybooksPage } from "../PlaybooksPage";
import { playbookOf, readyOf } from "../testing/fixtures";
import type { Playbook } from "../types";
import { grouped, sorted, tabOf } from "./list.logic";

const BASE = "/api/v1/w/demo/playbooks";
const PUBLISH = workspaceOf().permissions;
const open = (answers: Record<string, unknown> = {}, search = "", permissions = PUBLISH) => {
  setWidth(1440);
  const asked = serve({
    [`GET ${BASE}`]: [playbookOf()],
    [`GET ${BASE}/approvals`]: [],
    [`GET ${BASE}/packs`]: [
      readyOf(),
      readyOf({ code: "quiet", group: "behaviour", name: "沉默唤醒", asks: 2, taken: 5 }),
    ],
    ...answers,
  });
  renderUi(<PlaybooksPage />, {
    at: `/w/demo/playbooks${search}`,
    path: "w/:slug/playbooks",
    workspace: workspaceOf({ permissions }),
  });
  return asked;
};

afterEach(() => setWidth(1440));

describe("the workspace's flows", () => {
  it("are archived after a question that says who would leave", async () => {
    const asked = open({ [`DELETE ${BASE}/5`]: { ok: true } });
    await userEvent.click(await screen.findByLabelText("归档 高价值挽留"));
    expect(await screen.findByText("归档会让流程中的 12 家全部退出，确定归档？")).toBeInTheDocument();
    expect(sent(asked, `DELETE ${BASE}/5`)).toHaveLength(0);
    await userEvent.click(screen.getByText("确定"));
    await waitFor(() => expect(sent(asked, `DELETE ${BASE}/5`)).toHaveLength(1));
  });

  it("are asked for anew when the archived ones are wanted, and cannot be archived again", async () => {
    const asked = open({ [`GET ${BASE}`]: [playbookOf({ archived: true })] }, "?tab=archived");
    await screen.findByText("高价值挽留");
    expect(asked.find(({ path }) => path === BASE)?.query.get("archived")).toBe("true");
    expect(screen.queryByLabelText("归档 高价值挽留")).not.toBeInTheDocument();
  });

  it("lead to the ready ones where there are none", async () => {
    open({ [`GET ${BASE}`]: [] });
    const empty = (await screen.findByText("还没有流程")).parentElement as HTMLElement;
    await userEvent.click(within(empty).getByText("现成流程"));
    expect(await screen.findByText("高价值客户紧急挽留")).toBeInTheDocument();
    expect(address()).toBe("/w/demo/playbooks?tab=ready");
  });

  it("say why they could not be read", async () => {
    open({ [`GET ${BASE}`]: refuse(500, "broken", "数据库忙") });
    expect(await screen.findByText("数据库忙")).toBeInTheDocument();
  });

  it("can only be read by those who may not publish", async () => {
    open({}, "", ["handle"]);
    await screen.findByText("高价值挽留");
    expect(screen.queryByLabelText("归档 高价值挽留")).not.toBeInTheDocument();
    expect(screen.queryByText("新建流程")).not.toBeInTheDocument();
  });
});

describe("ready flows", () => {
  it("stand in groups by what they are for, with their steps", async () => {
    open({}, "?tab=ready");
    const group = await screen.findByRole("region", { name: "按客户价值" });
    expect(within(group).getByText("人工任务 → 发送消息")).toBeInTheDocument();
    expect(screen.getByRole("region", { name: "按客户行为" })).toHaveTextContent("沉默唤醒");
  });

  it("say what is to be filled in first, and lead to the one that was taken", async () => {
    open({}, "?tab=ready");
    const taken = await screen.findByLabelText("沉默唤醒");
    expect(within(taken).getByText("发布前需补充 2 处")).toBeInTheDocument();
    expect(within(taken).getByText("已采用，打开")).toHaveAttribute("href", "/w/demo/playbooks/5");
    expect(within(taken).queryByText("采用")).not.toBeInTheDocument();
  });

  it("are not taken by those who may not publish", async () => {
    open({}, "?tab=ready", []);
    await screen.findByText("高价值客户紧急挽留");
    expect(screen.queryByText("采用")).not.toBeInTheDocument();
  });
});

describe("the order of things", () => {
  it("has what runs first, then what is made, then what is off; by name within", () => {
    const { live } = playbookOf();
    const trial = live && { ...live, status: "trial" as const };
    const some: Partial<Playbook>[] = [
      { name: "off", enabled: false },
      { name: "draft", live: null },
      { name: "trial", live: null, draft: trial },
      { name: "paused", paused_at: "2011-09-01T02:00:00Z" },
      { name: "b" },
      { name: "a" },
    ];
    const found = sorted(some.map(playbookOf)).map(({ name }) => name);
    expect(found).toEqual(["a", "b", "paused", "trial", "draft", "off"]);
  });

  it("keeps groups in the order in which they come, each once", () => {
    const ready = ["tier", "cause", "tier"].map((group, nth) => readyOf({ group, code: String(nth) }));
    expect(grouped(ready).map(({ group, items }) => [group, items.map(({ code }) => code)])).toEqual([
      ["tier", ["0", "2"]],
      ["cause", ["1"]],
    ]);
  });

  it("opens the own flows for a tab that is not there", () => {
    expect(["ready", "archived", "x", ""].map(tabOf)).toEqual(["ready", "archived", "mine", "mine"]);
  });
});
