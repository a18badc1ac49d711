import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { libraryOf, signalOf } from "../signals/testing/signalOf";
import { ReadinessPage } from "./ReadinessPage";

const LIST = "/api/v1/w/demo/signals";
const open = (at = "/w/demo/readiness", workspace = workspaceOf()) =>
  renderUi(<ReadinessPage />, { at, path: "/w/:slug/readiness", workspace });

describe("数据就绪度 (DAT-15)", () => {
  it("sums up the families and names the import that helps", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    open();
    expect(await screen.findByText("1 / 3 个信号可计算")).toBeInTheDocument();
    expect(screen.getByRole("img", { name: "可计算 0 · 部分可计算 0 · 不可计算 2 · 已停用 0" })).toBeInTheDocument();
    const link = screen.getByRole("link", { name: /解锁 1 个信号/ });
    expect(link).toHaveAttribute("href", "/w/demo/data/import?entity=surveys");
  });

  it("says per signal why not, for how many customers, and what would unlock it", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    open();
    const row = (await screen.findByRole("link", { name: "连续负面情绪" })).closest("li");
    expect(row).toHaveTextContent("0% · 0 / 40 可计算");
    expect(row).toHaveTextContent("需要文本识读");
    expect(row).toHaveTextContent("40 家");
    expect(row).toHaveTextContent("文本识读");
  });

  it("shows gaps first and every signal on demand", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    open();
    await screen.findByRole("link", { name: "连续负面情绪" });
    expect(screen.queryByRole("link", { name: "下单下降" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "全部" }));
    expect(screen.getByRole("link", { name: "下单下降" })).toBeInTheDocument();
    expect(address()).toBe("/w/demo/readiness?view=all");
  });

  it("offers no import to those who may not import", async () => {
    serve({ [`GET ${LIST}`]: libraryOf() });
    open("/w/demo/readiness", workspaceOf({ permissions: [] }));
    await screen.findByRole("link", { name: "连续负面情绪" });
    expect(screen.queryByRole("link", { name: /导入/ })).not.toBeInTheDocument();
  });

  it("is content when nothing is missing", async () => {
    serve({ [`GET ${LIST}`]: libraryOf([signalOf()]) });
    open();
    expect(await screen.findByText("所有信号都可以计算")).toBeInTheDocument();
    expect(screen.getByText("没有需要补的数据")).toBeInTheDocument();
  });

  it("knows no share before the first scoring", async () => {
    const signals = [signalOf({ customers: 0, computable: 0, state: "partial" })];
    serve({ [`GET ${LIST}`]: { ...libraryOf(signals), as_of: null, customers: 0 } });
    open();
    expect(await screen.findByText("评分后可知")).toBeInTheDocument();
  });

  it("says what went wrong", async () => {
    serve({ [`GET ${LIST}`]: refuse(503, "busy", "稍后再试") });
    open();
    expect(await screen.findByText("稍后再试")).toBeInTheDocument();
  });
});
