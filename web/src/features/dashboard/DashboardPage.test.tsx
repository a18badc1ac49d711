import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { DashboardPage } from "./DashboardPage";
import { dashboardOf } from "./testing/fixtures";

vi.mock("@/shared/ui/Chart", () => ({
  Chart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const GET = "GET /api/v1/w/demo/dashboard";
const open = (workspace = workspaceOf(), at = "/w/demo/dashboard") =>
  renderUi(<DashboardPage />, { at, path: "/w/:slug/dashboard", workspace });

describe("the dashboard", () => {
  it("states when it was counted and over how many", async () => {
    serve({ [GET]: dashboardOf() });
    open();
    expect(await screen.findByText("截至 2011-09-10 00:00 · 覆盖 2,850 家客户")).toBeInTheDocument();
  });

  it("shows every figure with its change and its basis, in the workspace's money", async () => {
    serve({ [GET]: dashboardOf() });
    open();
    const value = await screen.findByRole("region", { name: "高风险客户年消费额" });
    expect(value).toHaveTextContent("£5.6万");
    expect(value).toHaveTextContent("下降3.6%");
    expect(value).toHaveTextContent("在册客户");
    expect(screen.getByRole("region", { name: "流失率" })).toHaveTextContent("6.7%上升0.43 个百分点");
    expect(screen.getByRole("region", { name: "待处理预警" })).toHaveTextContent("47 条超时");
  });

  it("counts persons where the workspace does", async () => {
    serve({ [GET]: dashboardOf() });
    open(workspaceOf({ counting_word: "位" }));
    expect(await screen.findByText(/覆盖 2,850 位客户/)).toBeInTheDocument();
    expect(screen.getByRole("region", { name: "高风险客户" })).toHaveTextContent("66位");
  });

  it("gives the trend as numbers on demand, the running period marked", async () => {
    serve({ [GET]: dashboardOf() });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "看数据表" }));
    const table = screen.getByRole("region", { name: "流失、留存与活跃" });
    expect(within(table).getByRole("row", { name: /2011-08 2,791 204 7.3% 92.7% 950 1,500/ })).toBeInTheDocument();
    expect(within(table).getByRole("rowheader", { name: "2011-09 (未满)" })).toBeInTheDocument();
  });

  it("opens the customers behind a level and behind a cell of the heat map", async () => {
    serve({ [GET]: dashboardOf() });
    open(workspaceOf(), "/w/demo/dashboard?segment=France");
    expect(await screen.findByRole("link", { name: /^高危预警\s*66$/ })).toHaveAttribute(
      "href",
      "/w/demo/customers?scope=all&level=high&segment=France",
    );
    const cell = screen.getByRole("link", { name: "United Kingdom,消费下降:62%(50 中的 31)" });
    expect(cell.getAttribute("href")).toContain("family=consumption&segment=United+Kingdom");
    expect(screen.getAllByText("—").length).toBeGreaterThan(0);
  });

  it("lists the work with loss, owner and overdue, and names what waits on the stock list", async () => {
    serve({ [GET]: dashboardOf() });
    open();
    const work = await screen.findByRole("region", { name: "先跟进这些" });
    expect(within(work).getByRole("link", { name: /杭州云栖/ })).toHaveAttribute("href", "/w/demo/alerts/1");
    expect(work).toHaveTextContent("预计损失 £8.6 万");
    expect(within(work).getByRole("link", { name: /深圳博睿/ })).toHaveTextContent("已超时 未分派");
    expect(work).toHaveTextContent("另有 128 条在存量风险清单里");
    expect(within(work).getAllByText("示例")).toHaveLength(1);
  });

  it("keeps period and segment in the address and asks the server for them", async () => {
    const asked = serve({ [GET]: dashboardOf() });
    open();
    await screen.findByRole("option", { name: "France" });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "客群" }), "France");
    await userEvent.click(screen.getByText("近 7 天"));
    await waitFor(() => expect(address()).toBe("/w/demo/dashboard?segment=France&period=7d"));
    await waitFor(() => expect(asked.at(-1)?.query.toString()).toBe("period=7d&segment=France"));
  });
});

describe("the dashboard in other moods", () => {
  it("invites a workspace without customers to import", async () => {
    serve({ [GET]: dashboardOf({ customers: 0 }) });
    open();
    expect(await screen.findByText("还没有客户")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "导入 Excel 或 CSV" })).toHaveAttribute("href", "/w/demo/data/import");
  });

  it("warns of sources that are late", async () => {
    serve({ [GET]: dashboardOf({ stale_sources: ["ERP 导出目录"] }) });
    open();
    expect(await screen.findByText(/没有按时更新.*ERP 导出目录/)).toBeInTheDocument();
  });

  it("says so when nothing is open and nobody is at risk", async () => {
    serve({
      [GET]: dashboardOf({ top: [], stock_open: 0, trend: [], heat_map: { families: [], segments: [], cells: [] } }),
    });
    open();
    expect(await screen.findByText("没有待处理的预警")).toBeInTheDocument();
    expect(screen.getByText("还没有足够的历史")).toBeInTheDocument();
    expect(screen.getByText("目前没有处于预警的客户")).toBeInTheDocument();
  });

  it("fails with the server's words and another try", async () => {
    serve({ [GET]: refuse(503, "warehouse_busy", "数据仓库正忙") });
    open();
    expect(await screen.findByText("数据仓库正忙")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "重试" })).toBeInTheDocument();
  });

  it("asks nothing for a role that sees no customers", () => {
    const asked = serve({});
    open(workspaceOf({ role: "it", scope: "none", permissions: ["sources"] }));
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it("puts the checklist away and remembers it", async () => {
    serve({ [GET]: dashboardOf() });
    const { unmount } = open();
    expect(await screen.findByText("五分钟上手(1/2)")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: /打开一条预警/ })).toHaveAttribute("href", "/w/demo/alerts");
    await userEvent.click(screen.getByRole("button", { name: "收起" }));
    unmount();
    open();
    await screen.findByText("先跟进这些");
    expect(screen.queryByText(/五分钟上手/)).not.toBeInTheDocument();
  });
});
