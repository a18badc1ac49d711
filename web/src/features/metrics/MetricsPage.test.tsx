import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { MetricsPage } from "./MetricsPage";
import { listOf, metricOf, own } from "./testing/fixtures";

const LIST = "/api/v1/w/demo/metrics";
const open = (at = "/w/demo/metrics", workspace = workspaceOf()) =>
  renderUi(
    <>
      <MetricsPage />
      <UndoToast />
    </>,
    { at, workspace },
  );

describe("DAT-13 the list of metrics", () => {
  it("shows each with its meaning, unit, uses, and why it cannot be computed", async () => {
    serve({ [`GET ${LIST}`]: listOf() });
    open();
    const row = (await screen.findByRole("link", { name: "近90天下单金额" })).closest("li") as HTMLElement;
    expect(row).toHaveTextContent("近90天“下单”的金额合计");
    expect(row).toHaveTextContent("金额");
    expect(within(row).getByTitle("用于：下单金额下降")).toHaveTextContent("1 处在用");
    expect(screen.getByRole("link", { name: "近30天登录" })).toHaveAttribute(
      "href",
      "/w/demo/metrics/my_login_count_30",
    );
    expect(screen.getByText("还没有登录的数据")).toBeInTheDocument();
    expect(screen.getByText("还没有使用")).toBeInTheDocument();
  });

  it("finds by what is typed and says when nothing fits", async () => {
    serve({ [`GET ${LIST}`]: listOf() });
    open();
    await screen.findByRole("link", { name: "近30天登录" });
    await userEvent.type(screen.getByRole("searchbox"), "下单{Enter}");
    await waitFor(() => expect(screen.queryByRole("link", { name: "近30天登录" })).not.toBeInTheDocument());
    await userEvent.clear(screen.getByRole("searchbox"));
    await userEvent.type(screen.getByRole("searchbox"), "无此词{Enter}");
    expect(await screen.findByText("没有符合的指标")).toBeInTheDocument();
  });

  it("invites to make the first own metric", async () => {
    serve({ [`GET ${LIST}`]: listOf([metricOf()]) });
    open("/w/demo/metrics?view=own");
    expect(await screen.findByText("还没有自定义指标")).toBeInTheDocument();
    expect(screen.getAllByRole("link", { name: "新建指标" })[0]).toHaveAttribute("href", "/w/demo/metrics/new");
  });

  it("archives after a question, and takes it back", async () => {
    const asked = serve({
      [`GET ${LIST}`]: listOf(),
      [`DELETE ${LIST}/${own.code}`]: { ...own, archived: true },
      [`POST ${LIST}/${own.code}/unarchive`]: own,
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "归档 近30天登录" }));
    expect(await screen.findByText(/归档“近30天登录”？/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: /确 ?定/ }));
    await waitFor(() => expect(sent(asked, `DELETE ${LIST}/${own.code}`)).toHaveLength(1));
    expect(await screen.findByText("已归档“近30天登录”")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${LIST}/${own.code}/unarchive`)).toHaveLength(1));
  });

  it("names what uses a metric and does not archive it then", async () => {
    const uses = [
      { kind: "rule" as const, id: "7", name: "登录减少", live: true },
      { kind: "tag" as const, id: "t", name: "沉默", live: false },
    ];
    const asked = serve({ [`GET ${LIST}`]: listOf([{ ...own, uses }]) });
    open();
    expect(await screen.findByTitle("用于：登录减少、沉默（未生效）")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "归档 近30天登录" }));
    expect(await screen.findByText("正在使用，不能归档：登录减少")).toBeInTheDocument();
    const ok = screen.getByRole("button", { name: /确 ?定/ });
    expect(ok).toBeDisabled();
    expect(sent(asked, `DELETE ${LIST}/${own.code}`)).toEqual([]);
  });

  it("lists what was archived and takes it back", async () => {
    const old = { ...own, archived: true };
    const asked = serve({ [`GET ${LIST}`]: listOf([], [old]), [`POST ${LIST}/${own.code}/unarchive`]: own });
    open("/w/demo/metrics?view=archived");
    await userEvent.click(await screen.findByRole("button", { name: "恢复 近30天登录" }));
    await waitFor(() => expect(sent(asked, `POST ${LIST}/${own.code}/unarchive`)).toHaveLength(1));
    expect(screen.queryByRole("link", { name: "近30天登录" })).not.toBeInTheDocument();
  });

  it("is read-only without the permission to publish", async () => {
    serve({ [`GET ${LIST}`]: listOf() });
    open("/w/demo/metrics", workspaceOf({ role: "analyst", permissions: ["export"] }));
    expect(await screen.findByText(/新建和修改需要/)).toBeInTheDocument();
    expect(await screen.findByRole("link", { name: "近30天登录" })).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "新建指标" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "归档 近30天登录" })).not.toBeInTheDocument();
  });

  it("offers another try when it does not load", async () => {
    serve({ [`GET ${LIST}`]: refuse(503, "busy", "仓库正忙") });
    open();
    expect(await screen.findByText("仓库正忙")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});
