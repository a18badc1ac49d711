import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { Toasts } from "@/shared/ui/Toasts";
import { OperationsPage } from "./OperationsPage";
import { installationOf, jobOf, operationsOf, partOf } from "./testing/operationsOf";

const HERE = "/api/v1/w/demo/operations";
const open = (workspace = workspaceOf()) =>
  renderUi(
    <>
      <OperationsPage />
      <Toasts />
    </>,
    { at: "/w/demo/settings/operations", path: "/w/:slug/settings/operations", workspace },
  );
const partsList = async () => within(await screen.findByRole("region", { name: "各部分" })).getAllByRole("listitem");

describe("运行状况", () => {
  it("says in one sentence that all is well, and nothing where nothing is wrong", async () => {
    serve({ [`GET ${HERE}`]: operationsOf() });
    open();
    expect(await screen.findByText("全部正常")).toBeInTheDocument();
    expect(screen.queryByText(/怎么办/)).not.toBeInTheDocument();
    expect(screen.queryByRole("region", { name: /失败的任务/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "系统" })).not.toBeInTheDocument();
  });

  it("puts the part that does not work first, in words as well as in colour, with what to do", async () => {
    const bad = partOf({
      part: "warehouse",
      name: "数据仓库",
      state: "fail",
      text: "没有应答",
      advice: "重启 liuke serve",
    });
    serve({
      [`GET ${HERE}`]: operationsOf({ state: "fail", sentence: "有 1 处不工作：数据仓库", parts: [partOf(), bad] }),
    });
    open();
    const [first, second] = await partsList();
    expect(first).toHaveTextContent("数据仓库 故障");
    expect(first).toHaveTextContent("怎么办：重启 liuke serve");
    expect(second).toHaveTextContent("后台进程 正常");
    expect(screen.getByText("有 1 处不工作：数据仓库")).toBeInTheDocument();
  });

  it("tells why a job failed, its number in the log, and tries it again", async () => {
    let tries = 0;
    const asked = serve({
      [`GET ${HERE}`]: () => operationsOf({ failed: tries ? [] : [jobOf()] }),
      [`POST ${HERE}/jobs/41/retry`]: () => {
        tries += 1;
        return {};
      },
    });
    open();
    const table = await screen.findByRole("region", { name: "失败的任务（24 小时内）" });
    expect(table).toHaveTextContent("数据仓库没有应答");
    expect(table).toHaveTextContent("错误编号 0f3a77b2");
    await userEvent.click(within(table).getAllByRole("button", { name: "重试：评分" })[0] as HTMLElement);
    expect(await screen.findByText("已重新排队")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText("数据仓库没有应答")).not.toBeInTheDocument());
    expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("says so when the job does not stand still any more", async () => {
    serve({
      [`GET ${HERE}`]: operationsOf({ failed: [jobOf({ error: null, request_id: "" })] }),
      [`POST ${HERE}/jobs/41/retry`]: refuse(409, "job_not_failed", "任务 41 没有失败"),
    });
    open();
    expect((await screen.findAllByText("原因不明，请看服务日志")).length).toBeGreaterThan(0);
    expect(screen.queryByText(/错误编号/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "重试：评分" }));
    expect(await screen.findByText("任务 41 没有失败")).toBeInTheDocument();
  });

  it("shows the live path now and over the last hour", async () => {
    const history = [5, 40, 12].map((rows_per_second, number) => ({
      at: `2026-11-22T09:5${number}:00Z`,
      waiting_rows: 0,
      lag_seconds: number,
      rows_per_second,
      jobs_waiting: 0,
    }));
    const live = {
      batches: 3,
      rows: 1200,
      oldest_seconds: 75,
      lag_p50: 0.6,
      lag_p95: 2.4,
      rows_per_second: 950,
      history,
    };
    serve({ [`GET ${HERE}`]: operationsOf({ live }) });
    open();
    const panel = await screen.findByRole("region", { name: "实时数据" });
    for (const text of ["1,200 行", "1分钟", "0.6秒", "2.4秒", "950 行/秒"]) expect(panel).toHaveTextContent(text);
    expect(within(panel).getByRole("img", { name: "最近一小时的速度，最高 40 行/秒" })).toBeInTheDocument();
    expect(within(panel).getByRole("img", { name: "最近一小时的等待时间，最长 2秒" })).toBeInTheDocument();
  });

  it("says when there is no history yet", async () => {
    serve({ [`GET ${HERE}`]: operationsOf() });
    open();
    expect(await screen.findByText(/运行满两分钟后/)).toBeInTheDocument();
  });

  it("lists the queue, outgoing messages and sources with their ages", async () => {
    serve({
      [`GET ${HERE}`]: operationsOf({
        queue: [{ kind: "score", name: "评分", waiting: 2, running: 1, oldest_seconds: 400 }],
        outbox: [{ topic: "channel.email", waiting: 0, oldest_seconds: 0, failed: 3, unknown: 1 }],
        sources: [
          {
            id: 1,
            name: "erp",
            state: "failing",
            last_success_at: "2026-11-22T08:00:00Z",
            newest_row_at: null,
            error: jobOf().error,
          },
          { id: 2, name: "crm", state: "never", last_success_at: null, newest_row_at: null, error: null },
        ],
      }),
    });
    open();
    expect(await screen.findByRole("region", { name: "任务排队" })).toHaveTextContent("6分钟");
    expect(screen.getAllByRole("region", { name: "待发消息" })[0]).toHaveTextContent("channel.email");
    const sources = screen.getAllByRole("region", { name: "数据源" })[0];
    expect(sources).toHaveTextContent("2小时前");
    expect(sources).toHaveTextContent("数据仓库没有应答");
    expect(sources).toHaveTextContent("还没有成功过");
  });

  it("shows the whole installation to whoever may see it", async () => {
    serve({ [`GET ${HERE}`]: operationsOf({ installation: installationOf() }) });
    open();
    const panel = await screen.findByRole("region", { name: "系统" });
    for (const text of ["0.1.0", "4.2 GB", "剩 80 GB，共 200 GB", "210 MB", "2小时"])
      expect(panel).toHaveTextContent(text);
    const line = within(panel).getByRole("row", { name: /web host:8600/ });
    expect(line).toHaveTextContent("故障");
  });

  it("is not for those who look after neither the workspace nor its sources", async () => {
    const asked = serve({});
    open(workspaceOf({ permissions: ["handle"] }));
    expect(await screen.findByText("没有权限查看")).toBeInTheDocument();
    expect(asked).toHaveLength(0);
  });

  it("tells a failure with the number that finds it in the log", async () => {
    serve({ [`GET ${HERE}`]: refuse(500, "unexpected", "出错了", [], "77aa88bb99cc00dd") });
    open();
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("出错了");
    expect(alert).toHaveTextContent("错误编号 77aa88bb99cc00dd");
  });
});
