import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { failure, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { ImportPage } from "./ImportPage";
import { batchOf, entities, previewOf } from "./testing/fixtures";

const BASE = "/api/v1/w/demo/imports";
const ENTITIES = { "GET /api/v1/w/demo/entities": entities };
const start = (workspace = workspaceOf()) =>
  renderUi(<ImportPage />, { at: "/w/demo/data/import", path: "/w/:slug/data/import/:batchId?", workspace });
const resume = () => renderUi(<ImportPage />, { at: "/w/demo/data/import/7", path: "/w/:slug/data/import/:batchId?" });
const choose = (name: string, content = "a,b\n1,2") =>
  userEvent.upload(screen.getByLabelText("选择文件"), new File([content], name), { applyAccept: false });

describe("DAT-14 upload", () => {
  it("sends the file and goes on to its own address", async () => {
    const asked = serve({
      ...ENTITIES,
      [`POST ${BASE}`]: batchOf(),
      [`GET ${BASE}/7`]: batchOf(),
      [`PUT ${BASE}/7/mapping`]: previewOf(),
    });
    start();
    await choose("订单.csv");
    await waitFor(() => expect(address()).toBe("/w/demo/data/import/7"));
    expect(sent(asked, `POST ${BASE}`)).toEqual(["form"]);
  });

  it("refuses what cannot be read before sending anything", async () => {
    const asked = serve(ENTITIES);
    start();
    await choose("orders.pdf");
    expect(await screen.findByRole("alert")).toHaveTextContent("只能读取 .csv、.txt、.tsv 和 .xlsx 文件");
    await choose("orders.csv", "");
    expect(await screen.findByRole("alert")).toHaveTextContent("文件是空的");
    expect(sent(asked, `POST ${BASE}`)).toEqual([]);
  });

  it("shows the server's answer to a file over the row limit", async () => {
    serve({ ...ENTITIES, [`POST ${BASE}`]: refuse(413, "too_many_rows", "Excel 最多 1,048,576 行,请改用 CSV") });
    start();
    await choose("orders.xlsx");
    expect(await screen.findByRole("alert")).toHaveTextContent("请改用 CSV");
  });

  it("offers a template of every kind", async () => {
    serve(ENTITIES);
    start();
    expect(await screen.findByRole("link", { name: "订单" })).toHaveAttribute(
      "href",
      "/api/v1/w/demo/entities/orders/template.csv",
    );
  });

  it("is closed to roles that may not import", () => {
    serve({});
    start(workspaceOf({ role: "manager", permissions: ["handle"] }));
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
  });
});

describe("DAT-02 mapping and preview", () => {
  const answers = {
    ...ENTITIES,
    [`GET ${BASE}/7`]: batchOf({ status: "ready" }),
    [`PUT ${BASE}/7/mapping`]: previewOf(),
    [`POST ${BASE}/7/start`]: batchOf({ status: "queued" }),
  };

  it("shows the match rate, what was detected, and the rows that will not come in", async () => {
    serve(answers);
    resume();
    expect(await screen.findByText("99.1%")).toBeInTheDocument();
    const facts = screen.getByRole("region", { name: "文件概况" });
    expect(facts).toHaveTextContent("GB18030");
    expect(facts).toHaveTextContent("525,461");
    expect(await screen.findByText("第 14 行")).toBeInTheDocument();
    expect(screen.getByText("已检查前 200 行,1 行未通过")).toBeInTheDocument();
  });

  it("sends the suggested mapping first, then starts", async () => {
    const asked = serve(answers);
    resume();
    await screen.findByText("第 14 行");
    expect(sent(asked, `PUT ${BASE}/7/mapping`)[0]).toEqual({
      entity: "orders",
      columns: { Invoice: "order_id", InvoiceDate: "ts" },
      date_order: "auto",
      sheet: null,
      keep_rest: true,
    });
    const button = screen.getByRole("button", { name: "开始导入" });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    await waitFor(() => expect(sent(asked, `POST ${BASE}/7/start`)).toHaveLength(1));
  });

  it("does not start while a required field is missing", async () => {
    serve({
      ...answers,
      [`GET ${BASE}/7`]: batchOf({
        status: "ready",
        columns: batchOf().columns.filter(({ name }) => name !== "InvoiceDate"),
      }),
    });
    resume();
    expect(await screen.findByText("还缺少必填字段:下单时间")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "开始导入" })).toBeDisabled();
  });

  it("says when the same file came in before", async () => {
    serve({ ...answers, [`GET ${BASE}/7`]: batchOf({ status: "ready", seen_before_at: "2026-11-20T07:00:00Z" }) });
    resume();
    expect(await screen.findByText(/在 2026-11-20 07:00 导入过/)).toBeInTheDocument();
  });

  it("lets another field be chosen for a column", async () => {
    const asked = serve(answers);
    resume();
    await screen.findByText("第 14 行");
    await userEvent.click(screen.getByRole("combobox", { name: "「Country」对应的字段" }));
    await userEvent.click(await screen.findByTitle("作为附加属性保留"));
    await waitFor(() =>
      expect(sent(asked, `PUT ${BASE}/7/mapping`).at(-1)).toMatchObject({ columns: { Country: "attr" } }),
    );
  });
});

describe("the import runs and ends", () => {
  it("shows the progress and can be cancelled", async () => {
    const asked = serve({
      [`GET ${BASE}/7`]: batchOf({ status: "running", progress: 0.4, stage: "正在写入" }),
      [`POST ${BASE}/7/cancel`]: batchOf({ status: "cancelled" }),
    });
    resume();
    expect(await screen.findByRole("progressbar", { name: "正在写入" })).toHaveAttribute("aria-valuenow", "40");
    await userEvent.click(screen.getByRole("button", { name: "取消导入" }));
    await waitFor(() => expect(sent(asked, `POST ${BASE}/7/cancel`)).toHaveLength(1));
  });

  it("counts what came in and offers what did not", async () => {
    serve({
      [`GET ${BASE}/7`]: batchOf({
        status: "done",
        rows_new: 519_220,
        rows_changed: 12,
        rows_same: 4104,
        rows_rejected: 2125,
      }),
    });
    resume();
    const result = await screen.findByRole("region", { name: "导入完成" });
    expect(within(result).getByText("519,220")).toBeInTheDocument();
    expect(within(result).getByRole("link", { name: "下载未通过的行" })).toHaveAttribute(
      "href",
      `${BASE}/7/rejects.csv`,
    );
    expect(within(result).getByRole("link", { name: "查看预警看板" })).toHaveAttribute("href", "/w/demo/dashboard");
  });

  it("says that nothing was written when it failed", async () => {
    serve({ [`GET ${BASE}/7`]: batchOf({ status: "failed", error: failure("缺少必需列「客户编号」") }) });
    resume();
    expect(await screen.findByRole("alert")).toHaveTextContent("缺少必需列「客户编号」");
    expect(screen.getByText(/没有写入任何数据/)).toBeInTheDocument();
  });

  it("explains an import that does not exist", async () => {
    serve({});
    resume();
    expect(await screen.findByText("没有加载出来")).toBeInTheDocument();
  });
});

describe("DAT-13 kinds of one's own", () => {
  it("names the kinds of activity that the vocabulary does not know", async () => {
    serve({
      ...ENTITIES,
      [`GET ${BASE}/7`]: batchOf(),
      [`PUT ${BASE}/7/mapping`]: previewOf({ own_kinds: ["参加沙龙", "扫码"] }),
    });
    resume();
    expect(await screen.findByText(/自定义行为类型.*参加沙龙、扫码/)).toBeVisible();
  });
});
