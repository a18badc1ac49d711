import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { pageOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { sent, serve } from "@/shared/testing/server";
import { PlaybookPage } from "./PlaybookPage";
import { PlaybooksPage } from "./PlaybooksPage";
import { kinds, playbookOf, readyOf } from "./testing/fixtures";
import "./testing/matrix";

const BASE = "/api/v1/w/demo/playbooks";
const answers = {
  [`GET ${BASE}`]: [playbookOf()],
  [`GET ${BASE}/kinds`]: kinds,
  [`GET ${BASE}/approvals`]: [],
  [`GET ${BASE}/packs`]: [readyOf()],
  [`GET ${BASE}/5`]: playbookOf(),
  [`GET ${BASE}/5/counts`]: { standing: { n1: 12 }, left: {}, outlets: {} },
  [`GET ${BASE}/5/enrolments`]: pageOf([]),
  [`POST ${BASE}/problems`]: { faults: [] },
};

describe("the builder", () => {
  it("adds a step by Enter on the palette, says what is wrong, and saves", async () => {
    setWidth(1440);
    const asked = serve({ ...answers, [`POST ${BASE}`]: playbookOf({ id: 9 }) });
    renderUi(<PlaybookPage />, { at: "/w/demo/playbooks/new", path: "w/:slug/playbooks/new" });
    const item = await screen.findByRole("button", { name: "人工任务" });
    item.focus();
    await userEvent.keyboard("{Enter}");
    await fill("任务标题", "电话回访");
    await fill("流程名称", "回访");
    await userEvent.click(screen.getByRole("button", { name: "存为草稿" }));
    await waitFor(() => expect(address()).toBe("/w/demo/playbooks/9"));
    expect(sent(asked, `POST ${BASE}`)[0]).toMatchObject({
      name: "回访",
      spec: {
        start: "n1",
        holdout: { share: 0.1 },
        nodes: [{ id: "n1", kind: "work_item", params: { title: "电话回访" } }],
      },
    });
  });

  it("does not publish while something is wrong", async () => {
    setWidth(1440);
    serve({ ...answers, [`POST ${BASE}/problems`]: { faults: [{ where: "nodes.n1.params.title", message: "必填" }] } });
    renderUi(<PlaybookPage />, { at: "/w/demo/playbooks/5", path: "w/:slug/playbooks/:playbookId" });
    expect(await screen.findByText("还有 1 个问题，解决后才能发布")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "发布" })).toBeDisabled();
  });
});

describe("on the phone", () => {
  it("reads as numbered steps with who stands where", async () => {
    setWidth(390);
    serve(answers);
    renderUi(<PlaybookPage />, { at: "/w/demo/playbooks/5", path: "w/:slug/playbooks/:playbookId" });
    expect(await screen.findByText("第 1 步：人工任务")).toBeInTheDocument();
    expect(await screen.findByText("在此 12")).toBeInTheDocument();
    expect(screen.getByText("被拦下 → 第 4 步")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "发布" })).not.toBeInTheDocument();
  });

  it("approves what a flow asks for", async () => {
    setWidth(390);
    const asking = {
      id: 3,
      playbook: "召回",
      customer: { id: 1, key: "C1", name: "华东灯具" },
      text: "给优惠吗",
      asked_at: "2011-09-08T02:00:00Z",
      due_at: "2011-09-12T02:00:00Z",
    };
    const asked = serve({
      ...answers,
      [`GET ${BASE}/approvals`]: [asking],
      [`POST ${BASE}/approvals/3`]: { ok: true },
    });
    renderUi(<PlaybooksPage />, { at: "/w/demo/playbooks", path: "w/:slug/playbooks" });
    const panel = await screen.findByRole("region", { name: "等你审批 1" });
    await userEvent.click(within(panel).getByRole("button", { name: "同意 华东灯具" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/approvals/3`)).toEqual([{ approved: true, note: "" }]));
  });
});

describe("the list", () => {
  it("shows both arms as counts and takes a ready playbook", async () => {
    setWidth(1440);
    const asked = serve({ ...answers, [`POST ${BASE}/packs/tier-high/apply`]: playbookOf({ id: 8 }) });
    renderUi(<PlaybooksPage />, { at: "/w/demo/playbooks", path: "w/:slug/playbooks" });
    expect(await screen.findByText("9 / 40")).toBeInTheDocument();
    expect(screen.getByText("1 / 4")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "现成流程" }));
    await userEvent.click(await screen.findByRole("button", { name: "采用 高价值客户紧急挽留" }));
    await waitFor(() => expect(address()).toBe("/w/demo/playbooks/8"));
    expect(sent(asked, `POST ${BASE}/packs/tier-high/apply`)).toHaveLength(1);
  });
});
