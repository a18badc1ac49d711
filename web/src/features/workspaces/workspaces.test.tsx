import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { jobOf, sessionOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { LoadingPage } from "./LoadingPage";
import { NewWorkspacePage } from "./NewWorkspacePage";

const template = (key: string, name: string) => ({
  key,
  name,
  description: `${name}的口径`,
  currency: "CNY",
  country: "CN",
  time_zone: "Asia/Shanghai",
  counting_word: "家",
  churn_days: 180,
  churn_kinds: ["下单"],
  weights: [{ signal: "SIG-42", name: "静默客户", points: 49 }],
  rules: ["临近流失"],
  tags: ["高频"],
});
const TEMPLATES = {
  "GET /api/v1/templates": [template("sample", "示例"), template("ecommerce", "电商"), template("saas", "SaaS 软件")],
};
const CREATE = "POST /api/v1/workspaces";
const first = sessionOf({ workspaces: [] });

describe("a new workspace", () => {
  const open = (session = first) =>
    renderUi(<NewWorkspacePage />, { at: "/workspaces/new", path: "/workspaces/new", session });

  it("loads the sample with one click and waits for it", async () => {
    const asked = serve({ ...TEMPLATES, [CREATE]: { workspace: workspaceOf(), job_id: 5 } });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "载入示例数据" }));
    await waitFor(() => expect(address()).toBe("/workspaces/demo/loading/5"));
    expect(sent(asked, CREATE)).toEqual([{ name: "示例工作区", template: "sample" }]);
  });

  it("starts own data from an industry template and goes to the import", async () => {
    const asked = serve({ ...TEMPLATES, [CREATE]: { workspace: workspaceOf({ slug: "own" }), job_id: null } });
    open();
    await userEvent.click(await screen.findByRole("radio", { name: /用自己的数据/ }));
    expect(screen.getByRole("button", { name: "创建并导入数据" })).toBeDisabled();
    expect(screen.queryByRole("radio", { name: /示例的口径/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("radio", { name: /SaaS 软件/ }));
    await fill("工作区名称", "华东渠道");
    await userEvent.click(screen.getByRole("button", { name: "创建并导入数据" }));
    await waitFor(() => expect(address()).toBe("/w/own/data/import"));
    expect(sent(asked, CREATE)).toEqual([{ name: "华东渠道", template: "saas" }]);
  });

  it("NCD-02 shows what the chosen template contains before anything is made", async () => {
    serve(TEMPLATES);
    open();
    await userEvent.click(await screen.findByRole("radio", { name: /用自己的数据/ }));
    await userEvent.click(screen.getByRole("radio", { name: /SaaS 软件/ }));
    const contents = screen.getByRole("region", { name: "“SaaS 软件”模板包含" });
    for (const text of ["180天没有下单", "静默客户 49分", "临近流失", "高频"]) expect(contents).toHaveTextContent(text);
  });

  it("shows the steps only on the first run, and a way back otherwise", async () => {
    serve(TEMPLATES);
    const { unmount } = open();
    expect(await screen.findByRole("list", { name: "首次设置的步骤" })).toBeInTheDocument();
    unmount();
    open(sessionOf());
    expect(await screen.findByRole("link", { name: "返回" })).toHaveAttribute("href", "/");
    expect(screen.queryByRole("list", { name: "首次设置的步骤" })).not.toBeInTheDocument();
  });

  it("keeps the form when the server refuses", async () => {
    serve({ ...TEMPLATES, [CREATE]: refuse(403, "forbidden", "需要管理员") });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "载入示例数据" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("需要管理员");
  });

  it("offers another try when the templates do not load", async () => {
    serve({ "GET /api/v1/templates": refuse(503, "transient", "稍后再试") });
    open();
    expect(await screen.findByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});

describe("while the sample loads", () => {
  const open = () =>
    renderUi(<LoadingPage />, { at: "/workspaces/demo/loading/5", path: "/workspaces/:slug/loading/:jobId" });

  it("shows the stage and how far it is", async () => {
    serve({ "GET /api/v1/w/demo/jobs/5": jobOf({ progress: 0.42, stage: "正在评分 2011-03" }) });
    open();
    expect(await screen.findByText("正在评分 2011-03")).toBeInTheDocument();
    expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "42");
  });

  it("enters by itself when it is done", async () => {
    serve({ "GET /api/v1/w/demo/jobs/5": jobOf({ status: "done", progress: 1 }) });
    open();
    await waitFor(() => expect(address()).toBe("/w/demo"));
  });

  it("stays and says what went wrong", async () => {
    const error = { code: "sample_broken", message: "示例文件损坏", params: {}, faults: [], request_id: "" };
    serve({ "GET /api/v1/w/demo/jobs/5": jobOf({ status: "failed", error }) });
    open();
    expect(await screen.findByRole("alert")).toHaveTextContent("示例文件损坏");
    expect(address()).toBe("/workspaces/demo/loading/5");
  });
});
