import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { unheard } from "@/features/team/testing/teamOf";
import { asPhone } from "@/shared/list/testing/asPhone";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { ReportsPage } from "./ReportsPage";
import { leaverOf, reportOf, weekRowOf } from "./testing/reportOf";

const LIST = "/api/v1/w/demo/reports";
const WEEK = "2011-09-05";
const answers = {
  [`GET ${LIST}`]: [weekRowOf(WEEK), weekRowOf("2011-08-29")],
  [`GET ${LIST}/now`]: reportOf({ is_live: true, week: "2011-09-10", since: "2011-09-03", until: "2011-09-09" }),
  [`GET ${LIST}/${WEEK}`]: reportOf(),
};
const open = (at = "/w/demo/reports", workspace = workspaceOf()) =>
  renderUi(<ReportsPage />, { at, path: "/w/:slug/reports/:week?", workspace });
const kept = `/w/demo/reports/${WEEK}`;

describe("RPT-01 周风险报告", () => {
  it("opens with the seven days until today and lists the weeks", async () => {
    serve(answers);
    open();
    expect(await screen.findByRole("article", { name: "2011-09-03 至 2011-09-09" })).toHaveTextContent(
      "近 7 天，按现在的数据计算",
    );
    const weeks = screen.getByRole("navigation", { name: "报告" });
    expect(await within(weeks).findByRole("link", { name: /2011-08-29 一周/ })).toHaveTextContent(
      "高危 12，新增预警 17，流失 1",
    );
    await userEvent.click(within(weeks).getByRole("link", { name: /2011-09-05 一周/ }));
    expect(address()).toBe(kept);
    expect(await screen.findByRole("article", { name: "2011-08-29 至 2011-09-04" })).toHaveTextContent(
      "2011-09-05 04:00 生成",
    );
  });

  it("sets levels and money against a week ago", async () => {
    serve(answers);
    open(kept);
    const figures = await screen.findByLabelText("风险变化");
    expect(figures).toHaveTextContent("高危预警12 上升3一周前 9");
    expect(screen.getByText("高风险客户年消费额").closest("div")).toHaveTextContent("£31 万 上升£3 万一周前 £28 万");
    expect(screen.getByText("流失客户年消费额").closest("div")).toHaveTextContent("£8,200");
  });

  it("says where the week before was not kept instead of comparing with nothing", async () => {
    serve({
      ...answers,
      [`GET ${LIST}/${WEEK}`]: reportOf({ levels_before: {}, high_value_before: null, leavers: [] }),
    });
    open(kept);
    expect(await screen.findAllByText("一周前没有记录")).toHaveLength(5);
    expect(screen.queryByText("上升")).not.toBeInTheDocument();
  });

  it("tells what came of it and how alerts were answered, with n and interval", async () => {
    serve(answers);
    open(kept);
    const results = await screen.findByRole("region", { name: "登记的结果" });
    expect(results).toHaveTextContent("已复购 3 · 确认流失 1");
    expect(results).toHaveTextContent("风险解除 4 · 已处理 6");
    const handling = screen.getByRole("region", { name: "处理情况" });
    expect(handling).toHaveTextContent("中位 3.5 小时已回应 8/10");
    expect(handling).toHaveTextContent("95% 区间 45%–94%，n=9");
    expect(handling).toHaveTextContent("升级 1 次");
  });

  it("names the likely leavers", async () => {
    const unowned = leaverOf({
      customer: { id: 8, key: "C8", name: "华东灯具", name_is_sample: false },
      owner: null,
      change: null,
      last_contact: null,
    });
    serve({ ...answers, [`GET ${LIST}/${WEEK}`]: reportOf({ leavers: [leaverOf(), unowned] }) });
    open(kept);
    const link = await screen.findByRole("link", { name: "宁波瑞安" });
    expect(link).toHaveAttribute("href", "/w/demo/customers/7");
    const row = link.closest("tr");
    expect(row).toHaveTextContent("王芳");
    expect(row).toHaveTextContent("近 30 天下单减少 62%");
    expect(row).toHaveTextContent("2011-08-30");
    const other = screen.getByRole("link", { name: "华东灯具" }).closest("tr");
    expect(other).toHaveTextContent("未分派");
    expect(other).toHaveTextContent("没有联系记录");
    expect(screen.getByText("风险分,越高越危险")).toBeInTheDocument();
  });

  it("is quiet in a quiet week", async () => {
    const quiet = reportOf({ leavers: [], outcomes: {}, closed: {}, handled: unheard() });
    serve({ ...answers, [`GET ${LIST}/${WEEK}`]: quiet });
    open(kept);
    expect(await screen.findByText("没有处于预警中的客户")).toBeInTheDocument();
    expect(screen.getByText("没有登记结果")).toBeInTheDocument();
    expect(screen.getByText("没有关闭预警")).toBeInTheDocument();
    expect(screen.getByText("没有通知过预警")).toBeInTheDocument();
  });

  it("is downloaded as Excel by those who may export, and by nobody else", async () => {
    serve(answers);
    const { unmount } = open(kept);
    expect(await screen.findByRole("link", { name: "下载 Excel" })).toHaveAttribute(
      "href",
      `/api/v1/w/demo/reports/${WEEK}/file.xlsx`,
    );
    unmount();
    open(kept, workspaceOf({ permissions: ["handle"], role: "supervisor", scope: "team" }));
    await screen.findByRole("article");
    expect(screen.queryByRole("link", { name: "下载 Excel" })).not.toBeInTheDocument();
  });

  it("is printed", async () => {
    serve(answers);
    const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
    open(kept);
    await userEvent.click(await screen.findByRole("button", { name: "打印" }));
    expect(print).toHaveBeenCalledOnce();
  });

  it("changes the week by a choice on the phone", async () => {
    serve(answers);
    asPhone();
    open();
    await screen.findByRole("option", { name: "2011-09-05 一周" });
    await userEvent.selectOptions(screen.getByLabelText("选择报告"), WEEK);
    expect(address()).toBe(kept);
    await userEvent.selectOptions(screen.getByLabelText("选择报告"), "");
    expect(address()).toBe("/w/demo/reports");
  });

  it("says that no week was reported yet, what is missing and who may not see it", async () => {
    serve({ ...answers, [`GET ${LIST}`]: [] });
    const first = open();
    expect(await screen.findByText(/每周第一次夜间评分后生成报告/)).toBeInTheDocument();
    first.unmount();
    serve({ ...answers, [`GET ${LIST}/${WEEK}`]: refuse(404, "report_not_found", "没有那一周的报告") });
    const second = open(kept);
    expect(await screen.findByText("没有那一周的报告")).toBeInTheDocument();
    second.unmount();
    serve({ [`GET ${LIST}`]: refuse(403, "forbidden"), [`GET ${LIST}/now`]: refuse(403, "forbidden") });
    open();
    expect(await screen.findByText("没有权限查看")).toBeInTheDocument();
  });
});
