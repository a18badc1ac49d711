import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { RoutingPage } from "./RoutingPage";
import { planOf, previewOf, routingOf } from "./testing/fixtures";

const PATH = "/api/v1/w/demo/routing";
const version = {
  number: 1,
  plan: planOf({ routes: planOf().routes.slice(1) }),
  note: "最初",
  published_at: "2011-09-01T02:00:00Z",
};
const answers = {
  [`GET ${PATH}`]: routingOf(),
  [`GET ${PATH}/versions`]: [{ ...version, published_by: null }],
  [`POST ${PATH}/preview`]: previewOf(),
  [`POST ${PATH}/publish`]: routingOf({ number: 3 }),
};

async function open() {
  renderUi(
    <>
      <RoutingPage />
      <UndoToast />
    </>,
  );
  await screen.findByRole("region", { name: "分派表" });
}
const publish = () => userEvent.click(screen.getByRole("button", { name: /^发\s?布$/ }));

describe("分派与升级", () => {
  it("says each row in words, and who published", async () => {
    serve(answers);
    await open();
    expect(screen.getByRole("button", { name: /1\. 大客户高危/ })).toHaveTextContent("负责人、负责人的主管");
    expect(screen.getByRole("button", { name: /1\. 大客户高危/ })).toHaveTextContent("8 小时内跟进");
    expect(screen.getByRole("button", { name: /2\. 投诉/ })).toHaveTextContent("仅站内 · 只进每日摘要");
    expect(screen.getByText(/第 2 版.*林晓雯/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /3\. 其余预警/ })).toHaveTextContent("以上都不符合的预警");
  });

  it("moves a row by keyboard and publishes with a note what the editor began from", async () => {
    const asked = serve(answers);
    await open();
    screen.getByRole("button", { name: "下移：大客户高危" }).focus();
    await userEvent.keyboard("{Enter}");
    await publish();
    const dialog = within(await screen.findByRole("dialog"));
    await fill("说明（选填）", "投诉优先");
    await userEvent.click(dialog.getByRole("button", { name: /^发\s?布$/ }));
    await waitFor(() => expect(sent(asked, `POST ${PATH}/publish`)).toHaveLength(1));
    const [body] = sent(asked, `POST ${PATH}/publish`) as [
      { plan: ReturnType<typeof planOf>; based_on: number; note: string },
    ];
    expect(body.plan.routes.map(({ name }) => name)).toEqual(["投诉", "大客户高危", ""]);
    expect([body.based_on, body.note]).toEqual([2, "投诉优先"]);
  });

  it("tells every fault of a plan that is refused", async () => {
    serve({
      ...answers,
      [`POST ${PATH}/publish`]: refuse(422, "routing_plan", "分派与升级设置有误", [
        { where: "routes.0", message: "没有条件" },
      ]),
    });
    await open();
    await userEvent.click(screen.getByRole("button", { name: "添加一条" }));
    await publish();
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /^发\s?布$/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent("没有条件");
  });

  it("deletes a row with a way back", async () => {
    serve(answers);
    await open();
    await userEvent.click(screen.getByRole("button", { name: "删除：投诉" }));
    expect(screen.queryByRole("button", { name: /投诉/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    expect(screen.getByRole("button", { name: /2\. 投诉/ })).toBeInTheDocument();
  });

  it("edits a row in place", async () => {
    const asked = serve(answers);
    await open();
    await userEvent.click(screen.getByRole("button", { name: /2\. 投诉/ }));
    await userEvent.selectOptions(screen.getByLabelText("何时通知"), "now");
    await userEvent.selectOptions(screen.getByLabelText("发送时段"), "always");
    await userEvent.click(screen.getByRole("button", { name: "用今天的预警预览" }));
    await waitFor(() => expect(sent(asked, `POST ${PATH}/preview`)).toHaveLength(1));
    const [{ plan }] = sent(asked, `POST ${PATH}/preview`) as [{ plan: ReturnType<typeof planOf> }];
    expect([plan.routes[1]?.pace, plan.routes[1]?.hours]).toEqual(["now", "always"]);
  });

  it("previews which alert would go where, and those that reach nobody", async () => {
    serve(answers);
    await open();
    await userEvent.click(screen.getByRole("button", { name: "用今天的预警预览" }));
    expect(await screen.findByText("今天未关闭的预警共 3 条")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "宁波瑞安" })).toHaveAttribute("href", "/w/demo/alerts/9");
    expect(screen.getByText(/其中 1 条没有人会收到/)).toBeInTheDocument();
    expect(screen.getByText("→ 陈嘉豪")).toBeInTheDocument();
  });

  it("adds and deletes steps of the ladder", async () => {
    const asked = serve(answers);
    await open();
    await userEvent.click(screen.getByRole("button", { name: "添加一级" }));
    await userEvent.click(screen.getByRole("button", { name: "删除第 1 级" }));
    await userEvent.click(screen.getByRole("button", { name: "用今天的预警预览" }));
    await waitFor(() => expect(sent(asked, `POST ${PATH}/preview`)).toHaveLength(1));
    const [{ plan }] = sent(asked, `POST ${PATH}/preview`) as [{ plan: ReturnType<typeof planOf> }];
    expect(plan.ladder.steps).toEqual([
      { hours: 8, tell: ["supervisors"] },
      { hours: 24, tell: ["supervisors"] },
    ]);
  });

  it("loads an earlier version into the editor", async () => {
    serve(answers);
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "载入" }));
    expect(screen.getByRole("button", { name: /1\. 投诉/ })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "放弃修改" }));
    expect(screen.getByRole("button", { name: /1\. 大客户高危/ })).toBeInTheDocument();
  });

  it("is closed to who may not publish", () => {
    serve({});
    renderUi(<RoutingPage />, { workspace: workspaceOf({ role: "manager", permissions: ["handle"] }) });
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
  });

  it("says when the server does not answer, and tries again", async () => {
    serve({ [`GET ${PATH}`]: refuse(500, "broken", "出错了") });
    renderUi(<RoutingPage />);
    expect(await screen.findByText(/出错了/)).toBeInTheDocument();
  });
});
