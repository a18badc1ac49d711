import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { AlertsPage } from "./AlertsPage";
import { alertRowOf, countsOf } from "./testing/alertOf";

const ALERTS = "/api/v1/w/demo/alerts";
const rows = [
  alertRowOf(),
  alertRowOf({
    id: 4,
    customer: { id: 8, key: "12347", name: "杭州云栖集团", name_is_sample: false },
    origin: "stock",
    is_overdue: true,
    due_at: "2011-09-09T20:00:00Z",
  }),
];
const answers = {
  [`GET ${ALERTS}`]: pageOf(rows),
  [`GET ${ALERTS}/counts`]: countsOf(),
  "GET /api/v1/w/demo/views": [
    { id: 5, page: "alerts", name: "高价值高危", query: "level=high&tier=high", shared: true, mine: false },
  ],
  "GET /api/v1/w/demo/owners": [{ id: 2, name: "陈嘉豪", team: null }],
};
const open = (at = "/w/demo/alerts", workspace = workspaceOf()) =>
  renderUi(
    <>
      <AlertsPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/alerts", workspace },
  );
const listQueries = (asked: ReturnType<typeof serve>) =>
  asked.filter(({ path }) => path === ALERTS).map(({ query }) => Object.fromEntries(query));

afterEach(() => vi.unstubAllGlobals());

describe("预警中心", () => {
  it("shows who, how high, why, how much and until when", async () => {
    serve(answers);
    open();
    const row = (await screen.findByRole("link", { name: "宁波瑞安贸易有限公司" })).closest("tr");
    expect(row).toHaveTextContent("近30天下单金额下降62%");
    expect(row).toHaveTextContent("£1.2 万");
    expect(row).toHaveTextContent("剩 5 小时");
    expect(screen.getByRole("link", { name: "杭州云栖集团" }).closest("tr")).toHaveTextContent("已超时 3 小时");
    expect(screen.getByText("风险分,越高越危险")).toBeInTheDocument();
  });

  it("opens with 全部 for those who oversee and with 我负责 for those who own customers", async () => {
    const asked = serve(answers);
    open();
    await screen.findByRole("button", { name: /全部 20/ });
    expect(listQueries(asked)[0]).toMatchObject({ scope: "all", status: "open", sort: "-expected_loss" });
    vi.unstubAllGlobals();
    const own = serve(answers);
    open("/w/demo/alerts", workspaceOf({ scope: "own", role: "manager" }));
    await waitFor(() => expect(listQueries(own)[0]).toMatchObject({ scope: "mine" }));
  });

  it("keeps chip, filters and sort in the address", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: /存量风险清单 7/ }));
    expect(address()).toContain("chip=stock");
    await userEvent.click(screen.getByRole("button", { name: "客户价值" }));
    await userEvent.click(within(screen.getByRole("dialog", { name: "客户价值" })).getByLabelText("高价值"));
    expect(address()).toContain("tier=high");
    await userEvent.click(screen.getByRole("button", { name: "处理时限" }));
    await waitFor(() =>
      expect(listQueries(asked).at(-1)).toMatchObject({ origin: "stock", tier: "high", sort: "due_at" }),
    );
    expect(screen.getByRole("columnheader", { name: "处理时限" })).toHaveAttribute("aria-sort", "ascending");
  });

  it("opens a saved view and says which one is open", async () => {
    serve(answers);
    open();
    const view = await screen.findByRole("button", { name: /高价值高危/ });
    expect(view).toHaveAttribute("aria-pressed", "false");
    await userEvent.click(view);
    expect(address()).toContain("level=high&tier=high");
    expect(screen.getByRole("button", { name: /高价值高危/ })).toHaveAttribute("aria-pressed", "true");
  });

  it("claims several at once and takes it back from the toast", async () => {
    const asked = serve({
      ...answers,
      [`POST ${ALERTS}/claim`]: { changed: 2, undo_token: "t1" },
      [`POST ${ALERTS}/undo`]: { changed: 2, undo_token: null },
    });
    open();
    await userEvent.click(await screen.findByRole("checkbox", { name: "选择本页全部" }));
    const bar = screen.getByRole("toolbar", { name: "批量操作" });
    expect(bar).toHaveTextContent("已选 2 条");
    await userEvent.click(within(bar).getByRole("button", { name: "认领" }));
    expect(sent(asked, `POST ${ALERTS}/claim`)).toEqual([{ alert_ids: [3, 4] }]);
    expect(await screen.findByText("已认领 2 条预警")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${ALERTS}/undo`)).toEqual([{ undo_token: "t1" }]));
  });

  it("hands over to a chosen person, rests until a day, closes with a reason", async () => {
    const done = { changed: 1, undo_token: "t" };
    const asked = serve({
      ...answers,
      [`POST ${ALERTS}/assign`]: done,
      [`POST ${ALERTS}/snooze`]: done,
      [`POST ${ALERTS}/close`]: done,
    });
    open();
    await userEvent.click(await screen.findByRole("checkbox", { name: "选择 杭州云栖集团" }));
    await userEvent.click(screen.getByRole("button", { name: "转交" }));
    await userEvent.selectOptions(await screen.findByLabelText("转交给"), "陈嘉豪");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(sent(asked, `POST ${ALERTS}/assign`)).toEqual([{ alert_ids: [4], owner_id: 2 }]);

    await userEvent.click(screen.getByRole("button", { name: "静置" }));
    await userEvent.click(await screen.findByRole("button", { name: "30 天" }));
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "静置" }));
    expect(sent(asked, `POST ${ALERTS}/snooze`)).toEqual([{ alert_ids: [4], until: "2011-10-10T08:00:00.000Z" }]);

    await userEvent.click(screen.getByRole("button", { name: "关闭预警" }));
    await userEvent.click(await screen.findByRole("radio", { name: "已知情况" }));
    await userEvent.click(
      within(screen.getByRole("dialog")).getAllByRole("button", { name: "关闭" }).at(-1) as HTMLElement,
    );
    expect(sent(asked, `POST ${ALERTS}/close`)).toEqual([{ alert_ids: [4], reason: "known", note: "" }]);
  });

  it("has no checkboxes for those who may only read", async () => {
    serve(answers);
    open("/w/demo/alerts", workspaceOf({ permissions: ["export"], role: "analyst" }));
    await screen.findByRole("link", { name: "宁波瑞安贸易有限公司" });
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  it("says why nothing is there, and clears the filters", async () => {
    serve({ ...answers, [`GET ${ALERTS}`]: pageOf([]) });
    open("/w/demo/alerts?level=high");
    expect(await screen.findByRole("heading", { name: "没有符合条件的预警" })).toBeInTheDocument();
    await userEvent.click(screen.getAllByRole("button", { name: "清除筛选" }).at(-1) as HTMLElement);
    expect(await screen.findByRole("heading", { name: "没有待处理的预警" })).toBeInTheDocument();
    expect(address()).toBe("/w/demo/alerts");
  });

  it("keeps the filters when the list fails, and tries again", async () => {
    let broken = true;
    serve({ ...answers, [`GET ${ALERTS}`]: () => (broken ? refuse(500, "broken", "稍后再试") : pageOf(rows)) });
    open("/w/demo/alerts?tier=high");
    expect(await screen.findByText("稍后再试")).toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByRole("link", { name: "杭州云栖集团" })).toBeInTheDocument();
    expect(address()).toContain("tier=high");
  });

  it("is a list of cards on the phone, with the filters in a sheet", async () => {
    serve(answers);
    asPhone();
    open();
    const card = await screen.findByRole("link", { name: /宁波瑞安贸易有限公司/ });
    expect(card).toHaveAttribute("href", "/w/demo/alerts/3");
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "筛选" }));
    await userEvent.click(within(await screen.findByRole("group", { name: "预警等级" })).getByLabelText("高危预警"));
    expect(address()).toContain("level=high");
    expect(screen.getByRole("button", { name: "筛选 1" })).toBeInTheDocument();
  });
});
