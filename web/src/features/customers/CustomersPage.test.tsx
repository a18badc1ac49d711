import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { tagOf } from "../segments/testing/tagOf";
import { CustomersPage } from "./CustomersPage";
import { customerRowOf } from "./testing/customerRowOf";

const LIST = "/api/v1/w/demo/customers";
const rows = [
  customerRowOf(),
  customerRowOf({ id: 8, key: "12347", name: "杭州云栖集团", owner: null, contract_ends_on: null }),
];
const answers = {
  [`GET ${LIST}`]: pageOf(rows, { next_cursor: "c2", total: 120 }),
  "GET /api/v1/w/demo/views": [
    { id: 5, page: "customers", name: "华东高价值", query: "tier=high", shared: false, mine: true },
  ],
  "GET /api/v1/w/demo/owners": [{ id: 2, name: "陈嘉豪", team: null }],
};
const open = (at = "/w/demo/customers", workspace = workspaceOf()) =>
  renderUi(
    <>
      <CustomersPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/customers", workspace },
  );
const last = (asked: ReturnType<typeof serve>) =>
  Object.fromEntries(asked.filter(({ method, path }) => method === "GET" && path === LIST).at(-1)?.query ?? []);

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe("客户", () => {
  it("shows score with its level, reason, money with currency, the contract's end in days", async () => {
    serve(answers);
    open();
    const row = (await screen.findByRole("link", { name: "宁波瑞安贸易有限公司" })).closest("tr");
    expect(row).toHaveTextContent("92 分,高危预警(风险分,越高越危险)");
    expect(row).toHaveTextContent("近30天下单金额下降62%");
    expect(row).toHaveTextContent("£1.2 万");
    expect(row).toHaveTextContent("12 天后");
    expect(row).toHaveTextContent("示例");
    expect(screen.getByText("1–2 / 120")).toBeInTheDocument();
  });

  it("turns pages by cursor, and the address remembers the way back", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: "下一页" }));
    await waitFor(() => expect(last(asked)).toMatchObject({ cursor: "c2", limit: "50" }));
    expect(address()).toContain("cursor=c2");
    await userEvent.click(screen.getByRole("button", { name: "上一页" }));
    await waitFor(() => expect(address()).not.toContain("cursor"));
  });

  it("starts at the first page again when a filter changes", async () => {
    const asked = serve(answers);
    open("/w/demo/customers?cursor=c2&trail=");
    await screen.findByRole("link", { name: "杭州云栖集团" });
    await userEvent.click(screen.getByRole("button", { name: "30 天内到期" }));
    await waitFor(() => expect(last(asked)).toMatchObject({ due_within: "30", sort: "contract_ends_on" }));
    expect(address()).toBe("/w/demo/customers?view=due");
  });

  it("shows tags as chips and filters by them in the address (SEG-01)", async () => {
    const tag = { code: "high_risk", name: "高危客户", colour: "red" };
    const asked = serve({
      ...answers,
      [`GET ${LIST}`]: pageOf([customerRowOf({ tags: [tag] })]),
      "GET /api/v1/w/demo/tags": [tagOf(tag), tagOf({ code: "off", name: "停用的", enabled: false })],
    });
    open();
    expect(await screen.findByText("高危客户")).toHaveClass("tag-red");
    await userEvent.click(screen.getByRole("button", { name: "标签" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "高危客户" }));
    await waitFor(() => expect(last(asked)).toMatchObject({ tag: "high_risk" }));
    expect(screen.queryByRole("checkbox", { name: "停用的" })).not.toBeInTheDocument();
    expect(address()).toContain("tag=high_risk");
  });

  it("sorts on the server by the head of a column", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("columnheader", { name: /年消费/ }));
    await waitFor(() => expect(last(asked)).toMatchObject({ sort: "-annual_value" }));
    expect(address()).toContain("sort=-annual_value");
  });

  it("gives several customers to a person and takes it back", async () => {
    const asked = serve({
      ...answers,
      [`POST ${LIST}/assign`]: { changed: 1, undo_token: "t" },
      "POST /api/v1/w/demo/alerts/undo": { changed: 1, undo_token: null },
    });
    open();
    await userEvent.click(await screen.findByRole("checkbox", { name: "选择 杭州云栖集团" }));
    await userEvent.click(screen.getByRole("button", { name: "转交" }));
    await userEvent.selectOptions(await screen.findByLabelText("转交给"), "2");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByText("已转交 1 家客户")).toBeInTheDocument();
    expect(sent(asked, `POST ${LIST}/assign`)).toEqual([{ customer_ids: [8], owner_id: 2 }]);
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, "POST /api/v1/w/demo/alerts/undo")).toEqual([{ undo_token: "t" }]));
  });

  it("exports what is filtered, for roles that may", async () => {
    serve(answers);
    open("/w/demo/customers?view=all&level=high");
    const link = await screen.findByRole("link", { name: "导出" });
    expect(link).toHaveAttribute("href", expect.stringContaining("/customers/export.csv?"));
    expect(link).toHaveAttribute("href", expect.stringContaining("level=high"));
  });

  it("hides what a role may not do", async () => {
    serve(answers);
    open("/w/demo/customers", workspaceOf({ permissions: ["handle"], scope: "own", role: "manager" }));
    await screen.findByRole("link", { name: "杭州云栖集团" });
    expect(screen.queryByRole("link", { name: "导出" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "全部客户" })).not.toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  it("remembers the chosen columns in this browser", async () => {
    serve(answers);
    open();
    await screen.findByRole("link", { name: "杭州云栖集团" });
    await userEvent.click(screen.getByRole("button", { name: "列与密度" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "预计损失" }));
    expect(await screen.findByRole("columnheader", { name: /预计损失/ })).toBeInTheDocument();
    expect(localStorage.getItem("liuke.customers.table")).toContain("expected_loss");
  });

  it("saves the filters as a view and deletes an own one", async () => {
    const asked = serve({
      ...answers,
      "POST /api/v1/w/demo/views": { id: 6, page: "customers", name: "x", query: "", shared: true, mine: true },
      "DELETE /api/v1/w/demo/views/5": { ok: true },
    });
    open("/w/demo/customers?level=high&cursor=c2");
    await userEvent.click(await screen.findByRole("button", { name: "存为视图" }));
    await userEvent.type(await screen.findByLabelText("视图名称"), "高危");
    await userEvent.click(screen.getByRole("checkbox", { name: /共享/ }));
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, "POST /api/v1/w/demo/views")).toEqual([
        { page: "customers", name: "高危", query: "level=high", shared: true },
      ]),
    );
    await userEvent.click(screen.getByRole("button", { name: "删除视图「华东高价值」" }));
    await waitFor(() => expect(sent(asked, "DELETE /api/v1/w/demo/views/5")).toHaveLength(1));
  });

  it("tells which field of a new customer is wrong", async () => {
    serve({ ...answers, [`POST ${LIST}`]: refuse(422, "invalid", "有误", [{ where: "key", message: "编号已存在" }]) });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "新建客户" }));
    await userEvent.type(await screen.findByLabelText("客户名称"), "新客户");
    await userEvent.type(screen.getByLabelText("客户编号"), "12346");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByText("编号已存在")).toBeInTheDocument();
  });

  it("is a list of cards on the phone", async () => {
    serve(answers);
    asPhone();
    open();
    const card = await screen.findByRole("link", { name: /宁波瑞安贸易有限公司/ });
    expect(within(card).getByText(/年消费 £1.2 万/)).toBeInTheDocument();
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
  });
});
