import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { CardPage } from "./CardPage";
import { PromisePage } from "./PromisePage";
import { optionOf, promiseOf } from "./testing/promiseOf";

vi.mock("@/shared/ui/Chart", () => ({
  Chart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
  prefetchCharts: () => undefined,
}));

const PATH = "/api/v1/w/demo/promise";
const open = (at = "/w/demo/model/promise") => renderUi(<PromisePage />, { at, path: "w/:slug/model/promise" });
const out = (change = {}) => ({ report: promiseOf(change), missing: null });

afterEach(() => vi.unstubAllGlobals());

describe("ALT-09 the promise page", () => {
  it("shows the measured precision with its interval beside the base rate", async () => {
    serve({ [`GET ${PATH}`]: out() });
    open();
    expect(await screen.findByRole("heading", { name: "可以承诺 85%" })).toBeInTheDocument();
    const verdict = screen.getByRole("heading", { name: "可以承诺 85%" }).closest("section") as HTMLElement;
    expect(within(verdict).getByText("87.2%")).toBeInTheDocument();
    expect(within(verdict).getByText(/95% 区间 85.1%–89.4%.*n=400 条预警/)).toBeInTheDocument();
    expect(within(verdict).getByText("61%")).toBeInTheDocument();
    expect(within(verdict).getByText("14.2%")).toBeInTheDocument();
    expect(within(verdict).getByText("41 天")).toBeInTheDocument();
    expect(within(verdict).getByText("，另有 2 个时点未承诺")).toBeInTheDocument();
    expect(screen.getByText(/精确率 = 90 分以上的预警中/)).toBeInTheDocument();
    expect(screen.getAllByRole("img")).toHaveLength(4);
  });

  it("refuses in plain words and cannot be published then", async () => {
    const reason = "以现有数据达不到：够得上目标的客户太少，仅凭偶然就可能失信。";
    const chosen = optionOf({ target: 0.95, verdict: "unreachable", threshold: null, reason });
    serve({ [`GET ${PATH}`]: out({ chosen }) });
    open();
    expect(await screen.findByRole("heading", { name: "以现有数据达不到 95%" })).toBeInTheDocument();
    expect(screen.getByText(reason)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "承诺 95%" })).toBeDisabled();
  });

  it("asks for another target when the slider rests, and keeps it in the address", async () => {
    const asked = serve({ [`GET ${PATH}`]: out() });
    open();
    const slider = await screen.findByRole("slider", { name: "目标精确率" });
    expect(slider).toHaveAttribute("aria-valuetext", "百分之 85");
    fireEvent.change(slider, { target: { value: "90" } });
    expect(screen.getByText("90%", { selector: "output" })).toBeInTheDocument();
    await waitFor(() => expect(address()).toBe("/w/demo/model/promise?target=90"));
    await waitFor(() => expect(asked.at(-1)?.query.get("target")).toBe("0.9"));
  });

  it("picks a target from the table of what each costs", async () => {
    serve({ [`GET ${PATH}`]: out() });
    open();
    const [table] = await screen.findAllByRole("region", { name: "不同目标的代价" });
    await userEvent.click(within(table as HTMLElement).getByRole("button", { name: "80%" }));
    await waitFor(() => expect(address()).toBe("/w/demo/model/promise?target=80"));
  });

  it("ignores a target in the address that may not be asked for", async () => {
    const asked = serve({ [`GET ${PATH}`]: out() });
    open("/w/demo/model/promise?target=12");
    await screen.findByRole("slider");
    expect(asked[0]?.query.has("target")).toBe(false);
  });

  it("shows what changes before it is published, then follows the scoring", async () => {
    const job = { id: 5, kind: "score", status: "done", progress: 1, stage: "", result: null, error: null };
    const asked = serve({ [`GET ${PATH}`]: out(), [`POST ${PATH}`]: job, "GET /api/v1/w/demo/jobs/5": job });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "承诺 85%" }));
    const dialog = await screen.findByRole("dialog");
    const row = within(dialog).getByRole("row", { name: /每周预警/ });
    expect(row).toHaveTextContent("每周预警3012");
    await userEvent.click(within(dialog).getByRole("button", { name: "发布" }));
    await waitFor(() => expect(sent(asked, `POST ${PATH}`)).toEqual([{ target: 0.85 }]));
    await waitFor(() => expect(asked.filter(({ method, path }) => method === "GET" && path === PATH)).toHaveLength(2));
  });

  it("says why publishing was refused", async () => {
    serve({ [`GET ${PATH}`]: out(), [`POST ${PATH}`]: refuse(409, "promise_unreachable", "以现有数据达不到，未发布") });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "承诺 85%" }));
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "发布" }));
    expect(await screen.findByText("以现有数据达不到，未发布")).toBeInTheDocument();
  });

  it("offers nothing to publish to those who may not, nor for a version out of use", async () => {
    serve({ [`GET ${PATH}`]: out({ may_publish: false, live: false }) });
    open("/w/demo/model/promise?version=3");
    expect(await screen.findByText("这是第 3 版，当前未使用；只能查看。")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "承诺 85%" })).not.toBeInTheDocument();
  });

  it("names tiers and teams, and those without", async () => {
    serve({ [`GET ${PATH}`]: out() });
    open();
    const [tiers] = await screen.findAllByRole("region", { name: "按价值层级" });
    const [teams] = screen.getAllByRole("region", { name: "按团队" });
    expect(within(tiers as HTMLElement).getByText("高价值")).toBeInTheDocument();
    expect(within(tiers as HTMLElement).getByText("未分层")).toBeInTheDocument();
    expect(within(teams as HTMLElement).getByText("无团队")).toBeInTheDocument();
  });

  it("says what is missing without a model, with the way to it", async () => {
    serve({ [`GET ${PATH}`]: { report: null, missing: "还没有训练过模型。" } });
    open();
    expect(await screen.findByText("还没有训练过模型。")).toBeInTheDocument();
    expect(screen.getAllByRole("link", { name: "模型" })[0]).toHaveAttribute("href", "/w/demo/model");
  });

  it("can be asked again after a failure", async () => {
    const answers = [refuse(500, "unexpected", "出错了"), out()];
    serve({ [`GET ${PATH}`]: () => answers.shift() });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "重试" }));
    expect(await screen.findByRole("slider")).toBeInTheDocument();
  });
});

describe("the model card", () => {
  const CARD = "/api/v1/w/demo/models/3/card";
  const card = () => renderUi(<CardPage />, { at: "/w/demo/model/3/card", path: "w/:slug/model/:number/card" });

  it("reads part by part and can be passed on as a file", async () => {
    const sections = [
      {
        code: "data",
        title: "数据",
        lines: ["4,000 条记录"],
        head: ["时点", "客户数"],
        rows: [["2011-06-12", "4,330"]],
      },
      { code: "limits", title: "局限", lines: ["模型说的是「与流失相关」"], head: [], rows: [] },
    ];
    serve({ [`GET ${CARD}`]: { number: 3, title: "模型卡 · v3", sections } });
    card();
    expect(await screen.findByRole("heading", { name: "模型卡 · v3" })).toBeInTheDocument();
    expect(screen.getByRole("row", { name: "2011-06-12 4,330" })).toBeInTheDocument();
    expect(screen.getByText("模型说的是「与流失相关」")).toBeInTheDocument();
    expect(screen.getAllByRole("table")).toHaveLength(1);
    const files = screen.getAllByRole("link", { name: /下载/ }).map((link) => link.getAttribute("href"));
    expect(files).toEqual([`${CARD}/file?form=html&language=zh-CN`, `${CARD}/file?form=markdown&language=zh-CN`]);
  });

  it("says so where there is no such version", async () => {
    serve({ [`GET ${CARD}`]: refuse(404, "model_gone", "找不到该模型版本") });
    card();
    expect(await screen.findByText(/找不到该模型版本/)).toBeInTheDocument();
  });
});
