import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { jobOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ScoringPage } from "./ScoringPage";
import { config, preview, scoringOf, versionOf } from "./testing/fixtures";

const BASE = "/api/v1/w/demo/scoring";
const answers = {
  [`GET ${BASE}`]: scoringOf(),
  [`GET ${BASE}/versions`]: [versionOf(3, "published"), versionOf(2, "retired")],
  [`POST ${BASE}/preview`]: preview,
  [`PUT ${BASE}/draft`]: versionOf(4, "draft"),
  [`POST ${BASE}/publish`]: jobOf({ status: "queued" }),
  "GET /api/v1/w/demo/jobs/5": jobOf({ status: "done", progress: 1 }),
};
const open = (workspace = workspaceOf(), tab = "") =>
  renderUi(<ScoringPage />, { workspace, at: tab ? `/w/demo?tab=${tab}` : "/w/demo" });

async function changePoints(points: string) {
  const input = await screen.findByRole("spinbutton", { name: "「下单金额下降」的满分权重" });
  await userEvent.clear(input);
  await userEvent.click(input);
  await userEvent.paste(points);
  await userEvent.tab();
}

describe("SCR-04 the editor", () => {
  it("shows what is live, every signal with its numbers, and the score's direction", async () => {
    serve(answers);
    open();
    expect(await screen.findByText(/生效中:第 3 版,2026-11-20 03:00 发布/)).toBeInTheDocument();
    expect(screen.getByText("现在命中 412 家")).toBeInTheDocument();
    expect(screen.getByText("没有行为事件数据")).toBeInTheDocument();
    expect(screen.getByText("降低风险")).toBeInTheDocument();
    expect(screen.getByLabelText(/^下降幅度/)).toHaveValue("20");
    expect(screen.getByText("风险分,越高越危险")).toBeInTheDocument();
  });

  it("previews a change on real customers before anything is saved", async () => {
    const asked = serve(answers);
    open();
    expect(await screen.findByText(/改动权重、窗口或分界后/)).toBeInTheDocument();
    await changePoints("36");
    expect(await screen.findByText("114 家")).toBeInTheDocument();
    expect(screen.getByText("升级 114")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Rosewood Acre Market" })).toHaveAttribute("href", "/w/demo/customers/101");
    expect(screen.getByRole("row", { name: "高危预警 66 180" })).toBeInTheDocument();
    expect(sent(asked, `POST ${BASE}/preview`).at(-1)).toMatchObject({
      config: { ...config, signals: { "SIG-20": { points: 36 } } },
    });
    expect(sent(asked, `PUT ${BASE}/draft`)).toEqual([]);
  });

  it("says when the numbers are estimated on a sample of many customers", async () => {
    serve({ ...answers, [`POST ${BASE}/preview`]: { ...preview, is_sample: true } });
    open();
    expect(await screen.findByText("按今天的客户计算")).toBeInTheDocument();
    await changePoints("36");
    expect(await screen.findByText("客户较多,按抽样估算")).toBeInTheDocument();
  });

  it("saves a draft", async () => {
    const asked = serve(answers);
    open();
    await changePoints("30");
    await userEvent.click(screen.getByRole("button", { name: "存为草稿" }));
    await waitFor(() =>
      expect(sent(asked, `PUT ${BASE}/draft`)[0]).toMatchObject({ config: { signals: { "SIG-20": { points: 30 } } } }),
    );
    expect(sent(asked, `POST ${BASE}/publish`)).toEqual([]);
  });

  it("saves, then publishes with the note, and scores everybody", async () => {
    const asked = serve(answers);
    open();
    await changePoints("36");
    await screen.findByText("114 家");
    await userEvent.click(screen.getByRole("button", { name: "发布" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("预计 114 个客户的等级会变");
    await fill("改动说明", "提高下单下降的权重");
    await userEvent.click(within(dialog).getByRole("button", { name: "发布" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/publish`)).toHaveLength(1));
    expect(sent(asked, `PUT ${BASE}/draft`)[0]).toMatchObject({ note: "提高下单下降的权重" });
    const order = asked.map(({ method, path }) => `${method} ${path}`);
    expect(order.indexOf(`PUT ${BASE}/draft`)).toBeLessThan(order.indexOf(`POST ${BASE}/publish`));
  });

  it("shows every fault of a configuration that the server refuses", async () => {
    serve({
      ...answers,
      [`POST ${BASE}/preview`]: refuse(422, "score_config", "评分设置有 1 处不对", [
        { where: "bands", message: "必须递增" },
      ]),
    });
    open();
    await changePoints("36");
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("评分设置有 1 处不对");
    expect(alert).toHaveTextContent("bands 必须递增");
  });

  it("turns a signal off and back again without a change remaining", async () => {
    serve(answers);
    open();
    const toggle = await screen.findByRole("switch", { name: "启用「下单金额下降」" });
    await userEvent.click(toggle);
    expect(screen.getByRole("button", { name: "发布" })).toBeEnabled();
    expect(screen.getByLabelText(/^下降幅度/)).toBeDisabled();
    await userEvent.click(toggle);
    expect(screen.getByRole("button", { name: "发布" })).toBeDisabled();
  });

  it("takes a share from a percent", async () => {
    const asked = serve(answers);
    open();
    await screen.findByLabelText(/^下降幅度/);
    await fill(/^下降幅度/, "35");
    await userEvent.tab();
    await waitFor(() =>
      expect(sent(asked, `POST ${BASE}/preview`).at(-1)).toMatchObject({
        config: { signals: { "SIG-20": { params: { drop: 0.35 } } } },
      }),
    );
  });
});

describe("drafts and versions", () => {
  it("goes on with a draft and can throw it away", async () => {
    const draft = versionOf(4, "draft", { config: { ...config, base: 20 } });
    const asked = serve({ ...answers, [`GET ${BASE}`]: scoringOf({ draft }), [`DELETE ${BASE}/draft`]: { ok: true } });
    open();
    expect(await screen.findByText(/有一份未发布的草稿\(林晓雯/)).toBeInTheDocument();
    expect(screen.getByLabelText("基础分")).toHaveValue("20");
    await userEvent.click(screen.getByRole("button", { name: "放弃修改" }));
    await waitFor(() => expect(sent(asked, `DELETE ${BASE}/draft`)).toHaveLength(1));
    await waitFor(() => expect(screen.getByLabelText("基础分")).toHaveValue("12"));
  });

  it("makes an older version the draft after a question", async () => {
    const asked = serve({ ...answers, [`POST ${BASE}/versions/2/restore`]: versionOf(4, "draft") });
    open(workspaceOf(), "history");
    await userEvent.click(await screen.findByRole("button", { name: "恢复为草稿" }));
    expect(await screen.findByText("把第 2 版放进草稿?现有草稿会被替换。")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: /确 ?定/ }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/versions/2/restore`)).toHaveLength(1));
  });

  it("names the industry's own configuration before anything was published", async () => {
    serve({ ...answers, [`GET ${BASE}`]: scoringOf({ live: versionOf(1, "published", { published_at: null }) }) });
    open();
    expect(await screen.findByText("生效中:第 1 版(行业初始配置)")).toBeInTheDocument();
  });

  it("is read-only without the permission to publish", async () => {
    serve(answers);
    open(workspaceOf({ role: "supervisor", permissions: ["handle"] }));
    expect(await screen.findByText(/修改和发布需要/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "发布" })).not.toBeInTheDocument();
    expect(screen.getByLabelText("基础分")).toBeDisabled();
  });

  it("offers another try when it does not load", async () => {
    serve({ [`GET ${BASE}`]: refuse(503, "busy", "正在评分,请稍候") });
    open();
    expect(await screen.findByText("正在评分,请稍候")).toBeInTheDocument();
  });
});
