import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { workItemOf } from "../tasks/testing/workItemOf";
import { CustomerPage } from "./CustomerPage";
import { customerOf, outcomeOf } from "./testing/customerOf";
import { timelineItemOf } from "./testing/timelineItemOf";

vi.mock("@/shared/ui/Chart", () => ({
  Chart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const C = "/api/v1/w/demo/customers/7";
const points = [40, 92].map((score, index) => ({
  at: `2011-0${index + 1}-01T00:00:00Z`,
  score,
  level: "early",
  version: 1,
}));
const answers = {
  [`GET ${C}`]: customerOf(),
  [`GET ${C}/timeline`]: {
    items: [
      timelineItemOf(),
      timelineItemOf({
        id: "m1",
        group: "message",
        kind: "message.in",
        title: "客户来信",
        text: "交期能快一点吗",
        value: null,
        attrs: {},
        is_sample: true,
      }),
    ],
    next_cursor: "t2",
    counts: { order: 40, message: 2 },
  },
  [`GET ${C}/score-history`]: { points, marks: [{ at: "2011-01-20T00:00:00Z", version: 2, note: "提高权重" }] },
  [`GET ${C}/outcomes`]: [],
  "GET /api/v1/w/demo/work-items": pageOf([workItemOf()]),
};
const open = (at = "/w/demo/customers/7", workspace = workspaceOf()) =>
  renderUi(
    <>
      <CustomerPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/customers/:customerId", workspace },
  );

afterEach(() => vi.unstubAllGlobals());

describe("客户360", () => {
  it("tells the four facts of a call, the score with its direction, and what could not be computed", async () => {
    serve(answers);
    open();
    expect(await screen.findByRole("heading", { level: 1, name: /宁波瑞安/ })).toBeInTheDocument();
    expect(screen.getByText("£1.2 万")).toBeInTheDocument();
    expect(screen.getByText("12 天后")).toBeInTheDocument();
    expect(screen.getByRole("img", { name: "92 分,高危预警(风险分,越高越危险)" })).toBeInTheDocument();
    expect(screen.getByText("30 天前 80 分")).toBeInTheDocument();
    expect(screen.getByText("关键功能使用下降:没有功能使用数据")).toBeInTheDocument();
    expect(screen.getAllByText(/截至 2011-09-09 16:00/)[0]).toBeInTheDocument();
  });

  it("marks what was generated and does not link a masked number", async () => {
    serve(answers);
    open();
    const contacts = await screen.findByRole("region", { name: "联系人" });
    expect(contacts).toHaveTextContent("示例");
    expect(within(contacts).queryByRole("link")).not.toBeInTheDocument();
    expect(screen.getByRole("region", { name: "合同与商机" })).toHaveTextContent("£1.8 万");
  });

  it("C36-02 marks configuration changes on the history", async () => {
    serve(answers);
    open();
    expect(await screen.findByRole("img", { name: "风险分从 40 到 92,最高 92" })).toBeInTheDocument();
    expect(screen.getByText("2011-01-20 配置 v2 生效 提高权重")).toBeInTheDocument();
  });

  it("filters the timeline by kind, loads earlier rows and shows the lines of an order", async () => {
    const asked = serve({
      ...answers,
      [`GET ${C}/orders/565432`]: [
        { sku: "85123A", description: "WHITE HANGING HEART", quantity: 12, price: 2.55, amount: 30.6 },
      ],
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: /订单 40/ }));
    expect(address()).toContain("kind=order");
    const last = () => asked.filter(({ path }) => path === `${C}/timeline`).at(-1)?.query;
    await waitFor(() => expect(last()?.get("groups")).toBe("order"));
    await userEvent.click((await screen.findAllByRole("button", { name: "查看订单明细" }))[0] as HTMLElement);
    expect(await screen.findByText(/WHITE HANGING HEART/)).toBeInTheDocument();
    expect(screen.getByText("£30.60")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "加载更早的记录" }));
    await waitFor(() => expect(last()?.get("cursor")).toBe("t2"));
  });

  it("lets each panel fail on its own", async () => {
    serve({ ...answers, [`GET ${C}/timeline`]: refuse(500, "broken", "时间线暂不可用") });
    open();
    expect(await screen.findByText("时间线暂不可用")).toBeInTheDocument();
    expect(screen.getByText("近30天下单金额下降62%", { selector: ".reason-text" })).toBeInTheDocument();
  });

  it("OUT-01 registers an outcome with its cause and takes it back from the toast", async () => {
    const asked = serve({
      ...answers,
      [`POST ${C}/outcomes`]: outcomeOf(),
      "POST /api/v1/w/demo/outcomes/21/revert": outcomeOf({ reverted_at: "2011-09-09T23:00:00Z" }),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "登记结果" }));
    await userEvent.click(await screen.findByRole("radio", { name: "确认流失" }));
    expect(screen.getByRole("button", { name: "登记" })).toBeDisabled();
    await userEvent.selectOptions(screen.getByLabelText("主要原因"), "price");
    await userEvent.click(screen.getByRole("button", { name: "登记" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${C}/outcomes`)).toEqual([
        { kind: "churned", occurred_on: "2011-09-10", cause: "price", competitor: "", note: "" },
      ]),
    );
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, "POST /api/v1/w/demo/outcomes/21/revert")).toHaveLength(1));
  });

  it("OUT-01 shows registered outcomes, also those taken back", async () => {
    serve({
      ...answers,
      [`GET ${C}/outcomes`]: [outcomeOf(), outcomeOf({ id: 20, kind: "paused", reverted_at: "2011-09-05T08:00:00Z" })],
    });
    open();
    const panel = await screen.findByRole("region", { name: "登记的结果" });
    expect(panel).toHaveTextContent("价格 · 某同行");
    expect(within(panel).getAllByRole("button")).toHaveLength(1);
    expect(panel).toHaveTextContent("2011-09-05 09:00 撤回");
  });

  it("makes a task for this customer and hands the customer over", async () => {
    const asked = serve({
      ...answers,
      "POST /api/v1/w/demo/work-items": workItemOf(),
      "GET /api/v1/w/demo/owners": [{ id: 2, name: "陈嘉豪", team: null }],
      "POST /api/v1/w/demo/customers/assign": { changed: 1, undo_token: null },
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "新建任务" }));
    await userEvent.type(await screen.findByLabelText("要做什么"), "补货确认");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, "POST /api/v1/w/demo/work-items")).toMatchObject([
        { customer_id: 7, title: "补货确认", due_at: "2011-09-11T08:00:00.000Z" },
      ]),
    );
    await userEvent.click(screen.getAllByRole("button", { name: "转交" })[0] as HTMLElement);
    await userEvent.selectOptions(await screen.findByLabelText("转交给"), "2");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, "POST /api/v1/w/demo/customers/assign")).toEqual([{ customer_ids: [7], owner_id: 2 }]),
    );
  });

  it("names the attributes that are ours and writes large numbers in digits", async () => {
    serve({ ...answers, [`GET ${C}`]: customerOf({ attributes: { country: "GB", 年营收: 1e9, 注册资本: "1e+09" } }) });
    open();
    const profile = await screen.findByRole("region", { name: "客户资料" });
    expect(profile).toHaveTextContent("国家GB");
    expect(profile).toHaveTextContent("年营收1,000,000,000");
    expect(profile).toHaveTextContent("注册资本1,000,000,000");
  });

  it("has tabs and two large actions on the phone", async () => {
    serve(answers);
    asPhone();
    open();
    expect(await screen.findByText("先打电话问清补货计划")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "资料" }));
    expect(address()).toContain("tab=profile");
    expect(screen.getByRole("region", { name: "客户资料" })).toHaveTextContent("United Kingdom");
    expect(screen.queryByRole("region", { name: "流失风险" })).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "跟进" })).toBeInTheDocument();
  });

  it("says when there is no score yet", async () => {
    serve({ ...answers, [`GET ${C}`]: customerOf({ score: null, contacts: [], contracts: [], opportunities: [] }) });
    open();
    expect(await screen.findByRole("heading", { name: "还没有评分" })).toBeInTheDocument();
    expect(screen.getByText("没有联系人")).toBeInTheDocument();
  });
});
