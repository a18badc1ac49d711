import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { setWidth } from "@/shared/testing/screenSize";
import { sent, serve } from "@/shared/testing/server";
import { WorkspaceHome } from "./gates";
import { Shell } from "./Shell";

vi.mock("./pages", () => ({ pages: {}, prefetchPage: vi.fn() }));
beforeEach(() => setWidth(390));
afterEach(() => setWidth(1440));

describe("MOB-01 on the phone", () => {
  const manager = workspaceOf({ role: "manager", scope: "own", permissions: ["personal_data", "handle"] });

  it("opens with 今日", () => {
    renderUi(<WorkspaceHome />, { at: "/w/demo", path: "/w/:slug", workspace: manager });
    expect(address()).toBe("/w/demo/today");
  });

  it("has five tabs at the foot and no side bar", () => {
    serve({});
    renderUi(<Shell />, { at: "/w/demo/alerts", path: "/w/:slug/*", workspace: manager });
    const tabs = within(screen.getByRole("navigation", { name: "主导航" })).getAllByRole("link");
    expect(tabs.map((tab) => tab.textContent)).toEqual(["今日", "预警", "任务", "客户", "我的"]);
    expect(tabs[1]).toHaveAttribute("aria-current", "page");
    expect(screen.queryByRole("button", { name: "账号" })).not.toBeInTheDocument();
  });

  it("names its small buttons", () => {
    serve({});
    renderUi(<Shell />, { at: "/w/demo/alerts", path: "/w/:slug/*" });
    for (const name of ["全局搜索", "时间机器,工作区日期 2011-09-10", "通知,0 条未读"])
      expect(screen.getByRole("button", { name })).toBeInTheDocument();
  });

  it("finds everything personal under 我的", async () => {
    const asked = serve({ "PATCH /api/v1/me": {} });
    renderUi(<SettingsPage />, { at: "/w/demo/settings", path: "/w/:slug/settings", workspace: manager });
    expect(screen.getByRole("heading", { level: 1, name: "林晓雯" })).toBeInTheDocument();
    expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
      "预警看板",
      "团队",
      "协同工单",
      "客户心声",
      "续约台账",
      "预警规则",
      "挽回流程",
      "权益",
      "个人设置",
      "触达规则",
    ]);
    await userEvent.click(screen.getByRole("button", { name: "English" }));
    expect(sent(asked, "PATCH /api/v1/me")).toEqual([{ language: "en" }]);
    expect(screen.getByRole("button", { name: "退出登录" })).toBeInTheDocument();
  });

  it("leads those who see more than their own to the weekly report, and IT to neither", () => {
    const names = () => screen.getAllByRole("link").map((link) => link.textContent);
    const where = { at: "/w/demo/settings", path: "/w/:slug/settings" };
    const leader = renderUi(<SettingsPage />, { ...where, workspace: workspaceOf({ scope: "team" }) });
    expect(names().slice(1, 3)).toEqual(["团队", "周风险报告"]);
    leader.unmount();
    renderUi(<SettingsPage />, { ...where, workspace: workspaceOf({ scope: "none" }) });
    expect(names()).not.toContain("团队");
    expect(names()).not.toContain("周风险报告");
  });

  it("leads back from a page of settings", () => {
    renderUi(<SettingsPage />, { at: "/w/demo/settings/profile", path: "/w/:slug/settings/*", workspace: manager });
    expect(screen.getByRole("link", { name: "返回" })).toHaveAttribute("href", "/w/demo/settings");
  });
});
