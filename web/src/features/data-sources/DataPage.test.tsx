import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { failure, jobOf, pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { DataPage } from "./DataPage";
import { batchOf, entities, sourceOf } from "./testing/fixtures";

const SOURCES = "/api/v1/w/demo/sources";
const ENTITIES = { "GET /api/v1/w/demo/entities": entities };
const open = (at = "/w/demo/data", workspace = workspaceOf()) =>
  renderUi(<DataPage />, { at, path: "/w/:slug/data", workspace });

describe("DAT-11 sources", () => {
  it("state how fresh they are and how they do", async () => {
    serve({
      [`GET ${SOURCES}`]: [
        sourceOf(),
        sourceOf({ id: 3, name: "CRM", state: "failing", failures: 3, last_error: failure("缺少列「下单时间」") }),
      ],
    });
    open();
    const [healthy, failing] = await screen.findAllByRole("listitem");
    expect(healthy).toHaveTextContent("正常");
    expect(healthy).toHaveTextContent("数据截至2011-09-07 17:00");
    expect(healthy).toHaveTextContent("每 1 小时");
    expect(failing).toHaveTextContent("连续失败 3 次。 缺少列「下单时间」");
  });

  it("run now, and say why when it fails", async () => {
    const asked = serve({
      [`GET ${SOURCES}`]: [sourceOf()],
      [`POST ${SOURCES}/2/run`]: jobOf(),
      "GET /api/v1/w/demo/jobs/5": jobOf({ status: "failed", error: failure("文件夹不存在") }),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "立即运行" }));
    expect(await screen.findByText("文件夹不存在")).toBeInTheDocument();
    expect(sent(asked, `POST ${SOURCES}/2/run`)).toHaveLength(1);
  });

  it("are turned off and deleted only after a question", async () => {
    const asked = serve({
      [`GET ${SOURCES}`]: [sourceOf()],
      [`PATCH ${SOURCES}/2`]: sourceOf({ enabled: false }),
      [`DELETE ${SOURCES}/2`]: { ok: true },
    });
    open();
    await userEvent.click(await screen.findByRole("switch", { name: "启用「ERP 导出目录」" }));
    await waitFor(() => expect(sent(asked, `PATCH ${SOURCES}/2`)).toEqual([{ enabled: false }]));
    await userEvent.click(screen.getByRole("button", { name: "删除" }));
    expect(await screen.findByText(/已导入的数据会保留/)).toBeInTheDocument();
    expect(sent(asked, `DELETE ${SOURCES}/2`)).toEqual([]);
    await userEvent.click(screen.getAllByRole("button", { name: /确 ?定/ }).at(-1) as HTMLElement);
    await waitFor(() => expect(sent(asked, `DELETE ${SOURCES}/2`)).toHaveLength(1));
  });

  it("leave the sample alone", async () => {
    serve({ [`GET ${SOURCES}`]: [sourceOf({ kind: "sample", name: "Online Retail II", every_minutes: null })] });
    open();
    await screen.findByText("Online Retail II");
    expect(screen.queryByRole("button", { name: "立即运行" })).not.toBeInTheDocument();
  });

  it("cannot be changed by a role that only imports", async () => {
    serve({ [`GET ${SOURCES}`]: [sourceOf()] });
    open("/w/demo/data", workspaceOf({ role: "operations", permissions: ["import"] }));
    await screen.findByText("ERP 导出目录");
    expect(screen.queryByRole("button", { name: "添加来源" })).not.toBeInTheDocument();
    expect(screen.queryByRole("switch")).not.toBeInTheDocument();
  });

  it("invite to start when there are none", async () => {
    serve({ [`GET ${SOURCES}`]: [] });
    open();
    expect(await screen.findByText("还没有数据来源")).toBeInTheDocument();
  });
});

describe("DAT-17 a new source", () => {
  it("is tried first, its mapping filled in, and then saved", async () => {
    const asked = serve({
      ...ENTITIES,
      [`GET ${SOURCES}`]: [],
      [`POST ${SOURCES}/test`]: { ok: true, message: "读到 3 个文件", columns: batchOf().columns, rows: [] },
      [`POST ${SOURCES}`]: sourceOf(),
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "添加来源" }));
    const drawer = within(await screen.findByRole("dialog"));
    expect(drawer.getByRole("button", { name: "保存" })).toBeDisabled();
    await fill("名称", "ERP 导出目录");
    await fill("文件夹路径", "/data/erp");
    await userEvent.click(drawer.getByRole("button", { name: "试读" }));
    expect(await drawer.findByText("读到 3 个文件")).toBeInTheDocument();
    await userEvent.click(drawer.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${SOURCES}`)[0]).toMatchObject({
        kind: "folder",
        name: "ERP 导出目录",
        config: { path: "/data/erp", pattern: "*.csv" },
        mapping: { entity: "orders", columns: { Invoice: "order_id", InvoiceDate: "ts" } },
        every_minutes: 60,
      }),
    );
  });

  it("shows why a try failed and keeps what was typed", async () => {
    serve({
      ...ENTITIES,
      [`GET ${SOURCES}`]: [],
      [`POST ${SOURCES}/test`]: { ok: false, message: "文件夹不在允许的范围内", columns: [], rows: [] },
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "添加来源" }));
    await screen.findByRole("dialog");
    await fill("名称", "ERP");
    await fill("文件夹路径", "/etc");
    await userEvent.click(screen.getByRole("button", { name: "试读" }));
    expect(await screen.findByText("文件夹不在允许的范围内")).toBeInTheDocument();
    expect(screen.getByLabelText("文件夹路径")).toHaveValue("/etc");
  });
});

describe("past imports", () => {
  const LIST = "GET /api/v1/w/demo/imports";

  it("lead back to their result", async () => {
    serve({ [LIST]: pageOf([batchOf({ status: "done", rows_new: 519_220, rows_rejected: 2125 })]) });
    open("/w/demo/data?tab=imports");
    const row = await screen.findByRole("row", { name: /orders\.csv/ });
    expect(row).toHaveTextContent("订单");
    expect(row).toHaveTextContent("已完成519,2202,125林晓雯");
    expect(within(row).getByRole("link")).toHaveAttribute("href", "/w/demo/data/import/7");
  });

  it("go on page by page", async () => {
    const asked = serve({ [LIST]: pageOf([batchOf()], { next_cursor: "c2", total: 120 }) });
    open("/w/demo/data?tab=imports");
    await userEvent.click(await screen.findByRole("button", { name: "下一页" }));
    await waitFor(() => expect(address()).toBe("/w/demo/data?tab=imports&cursor=c2&trail="));
    await waitFor(() => expect(asked.at(-1)?.query.get("cursor")).toBe("c2"));
  });

  it("are reached by the chip", async () => {
    serve({ [`GET ${SOURCES}`]: [], [LIST]: pageOf([]) });
    open();
    await userEvent.click(screen.getByRole("button", { name: "导入记录" }));
    expect(await screen.findByText("还没有导入过")).toBeInTheDocument();
  });
});
