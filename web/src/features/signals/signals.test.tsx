import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { customerRowOf } from "../customers/testing/customerRowOf";
import { SignalPage } from "./SignalPage";
import { SignalsPage } from "./SignalsPage";
import { libraryOf, signalOf, survey } from "./testing/signalOf";

const LIST = "/api/v1/w/demo/signals";
const library = (at = "/w/demo/signals") => renderUi(<SignalsPage />, { at, path: "/w/:slug/signals" });
const page = (code = "SIG-20", workspace = workspaceOf()) =>
  renderUi(<SignalPage />, { at: `/w/demo/signals/${code}`, path: "/w/:slug/signals/:code", workspace });

describe("信号库", () => {
  it("shows signals by family with readiness, who fires and points", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    library();
    const line = await screen.findByRole("link", { name: /下单下降/ });
    expect(line).toHaveAttribute("href", "/w/demo/signals/SIG-20");
    expect(line).toHaveTextContent("30 / 40 可计算");
    expect(line).toHaveTextContent("现在触发 12 家");
    expect(line).toHaveTextContent("满分 +20 分");
    expect(screen.getByRole("region", { name: "服务不满" })).toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "付款异常" })).not.toBeInTheDocument();
  });

  it("filters by state in the address", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    library();
    await userEvent.click(await screen.findByRole("button", { name: /不可计算 2/ }));
    expect(address()).toBe("/w/demo/signals?state=missing");
    expect(screen.queryByRole("link", { name: /下单下降/ })).not.toBeInTheDocument();
  });

  it("says when nothing fits, and what went wrong", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    library("/w/demo/signals?q=xyz");
    expect(await screen.findByText("没有符合条件的信号")).toBeInTheDocument();
  });

  it("offers another try", async () => {
    serve({ [`GET ${LIST}`]: refuse(503, "busy", "稍后再试") });
    library();
    expect(await screen.findByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});

describe("一个信号", () => {
  const hit = { customer: customerRowOf(), text: "近30天下单金额下降62%", points: 18 };
  const covered = { customer: customerRowOf({ id: 8, name: "杭州云栖集团" }), text: "", points: 0 };
  const answers = {
    [`GET ${LIST}/SIG-20`]: signalOf(),
    [`GET ${LIST}/SIG-20/customers`]: pageOf([hit, covered], { total: 12 }),
    "GET /api/v1/w/demo/backtests": [],
  };

  it("says what it means, needs, and for whom it fires, in its own sentence", async () => {
    serve(answers);
    page();
    expect(await screen.findByText("近30天下单金额下降62%")).toBeInTheDocument();
    expect(screen.getByText("本期下单金额或数量低于客户平时一期")).toBeInTheDocument();
    expect(screen.getByText(/需要.下单/)).toBeInTheDocument();
    expect(screen.getByText("同类中更严重的信号已计分")).toBeInTheDocument();
    expect(screen.getByText("1–2 / 12")).toBeInTheDocument();
  });

  it("shows its live numbers beside the delivered ones, with the way to change them", async () => {
    serve(answers);
    page();
    expect(await screen.findByText(/25 %/)).toBeInTheDocument();
    expect(screen.getByText(/默认 20/)).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "在评分设置中修改" })).toHaveAttribute("href", "/w/demo/scoring");
  });

  it("is tested on the workspace's own past", async () => {
    const asked = serve({ ...answers, "POST /api/v1/w/demo/backtests": refuse(409, "not_scored_yet", "还没有评分") });
    page();
    await userEvent.click(await screen.findByRole("button", { name: /回测/ }));
    await waitFor(() => expect(sent(asked, "POST /api/v1/w/demo/backtests")).toHaveLength(1));
    expect(sent(asked, "POST /api/v1/w/demo/backtests")[0]).toMatchObject({
      subject: { kind: "signal", signal: "SIG-20" },
    });
  });

  it("names the import that would unlock it", async () => {
    serve({ ...answers, [`GET ${LIST}/SIG-31`]: survey, [`GET ${LIST}/SIG-31/customers`]: pageOf([]) });
    page("SIG-31");
    expect(await screen.findByRole("link", { name: "导入问卷" })).toHaveAttribute(
      "href",
      "/w/demo/data/import?entity=surveys",
    );
    expect(await screen.findByText("现在没有客户触发这个信号")).toBeInTheDocument();
  });

  it("shows IT readiness, but asks for no customers", async () => {
    const asked = serve(answers);
    page("SIG-20", workspaceOf({ scope: "none", role: "it", permissions: ["import", "sources"] }));
    expect(await screen.findByText("30 / 40 可计算")).toBeInTheDocument();
    expect(asked.map(({ path }) => path)).toEqual([`${LIST}/SIG-20`]);
  });
});
