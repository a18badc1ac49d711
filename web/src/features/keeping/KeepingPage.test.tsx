import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { Toasts } from "@/shared/ui/Toasts";
import { KeepingPage } from "./KeepingPage";
import { backupOf, keepingOf, keptOf, previewOf } from "./testing/keepingOf";

const HERE = "/api/v1/w/demo/keeping";
const PREVIEW = `POST ${HERE}/retention/preview`;
const SAVE = `PUT ${HERE}/retention`;
const open = (workspace = workspaceOf()) =>
  renderUi(
    <>
      <KeepingPage />
      <Toasts />
    </>,
    { at: "/w/demo/settings/keeping", path: "/w/:slug/settings/keeping", workspace },
  );
const job = (part: object) => ({
  id: 9,
  kind: "backup",
  status: "running",
  progress: 0.4,
  stage: "正在备份数据仓库 1/2",
  result: null,
  error: null,
  created_at: "2026-11-23T02:00:00Z",
  finished_at: null,
  ...part,
});

describe("backups", () => {
  it("are listed with why, size and rows, and nothing is wrong", async () => {
    serve({
      [`GET ${HERE}`]: keepingOf({ backups: [backupOf(), backupOf({ name: "b", reason: "upgrade", bytes: 900 })] }),
    });
    open();
    const list = within(await screen.findByRole("region", { name: "备份列表" }));
    expect(await screen.findByText("125 MB")).toBeInTheDocument();
    expect(list.getAllByRole("row")).toHaveLength(3);
    expect(screen.getByText("升级前")).toBeInTheDocument();
    expect(screen.queryByText(/最近两天没有自动备份/)).not.toBeInTheDocument();
    expect(screen.queryByText(/备份里没有密钥/)).not.toBeInTheDocument();
  });

  it("cannot be fetched through the browser: there is no link, and the page says why", async () => {
    serve({ [`GET ${HERE}`]: keepingOf() });
    open();
    expect(await screen.findByText(/不能在浏览器里下载/)).toBeInTheDocument();
    expect(screen.queryByRole("link")).not.toBeInTheDocument();
  });

  it("say what is missing: the secret, room, last night", async () => {
    const old = backupOf({ made_at: "2026-01-01T00:00:00Z", has_secret: false });
    serve({ [`GET ${HERE}`]: keepingOf({ backups: [old], free_bytes: 1_000_000 }) });
    open();
    expect(await screen.findByText(/最近两天没有自动备份/)).toBeInTheDocument();
    expect(screen.getByText(/只剩 1.0 MB/)).toBeInTheDocument();
    expect(screen.getByText(/备份里没有密钥/)).toBeInTheDocument();
  });

  it.each([
    ["off", false],
    ["warn", true],
  ])("are missed only where a night has passed: %s", async (state, missed) => {
    serve({
      [`GET ${HERE}`]: keepingOf({ backups: [] }),
      "GET /api/v1/w/demo/operations": { parts: [{ part: "backup", state }] },
    });
    open();
    expect(await screen.findByText("还没有备份")).toBeInTheDocument();
    if (missed) expect(await screen.findByText(/最近两天没有自动备份/)).toBeInTheDocument();
    else expect(screen.queryByText(/最近两天没有自动备份/)).not.toBeInTheDocument();
  });

  it("are made on demand, with progress, and the list follows", async () => {
    let made = false;
    const asked = serve({
      [`GET ${HERE}`]: () => keepingOf({ backups: made ? [backupOf({ reason: "manual" })] : [] }),
      [`POST ${HERE}/backups`]: job({ status: "queued", progress: 0, stage: "" }),
      "GET /api/v1/w/demo/jobs/9": () => {
        made = true;
        return job({ status: "done", progress: 1 });
      },
    });
    open();
    expect(await screen.findByText("还没有备份")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "立即备份" }));
    expect(await screen.findByText("手动")).toBeInTheDocument();
    expect(await screen.findByText("备份完成")).toBeInTheDocument();
    expect(sent(asked, `POST ${HERE}/backups`)).toHaveLength(1);
  });

  it("show one that runs already instead of starting another", async () => {
    serve({ [`GET ${HERE}`]: keepingOf({ running: job({}) as never }) });
    open();
    expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
    expect(screen.getByRole("button", { name: "立即备份" })).toBeDisabled();
  });

  it("tell why the last one failed", async () => {
    const error = { code: "backup_no_room", message: "磁盘空间不够", params: {}, faults: [], request_id: "" };
    serve({ [`GET ${HERE}`]: keepingOf({ failed: job({ status: "failed", error }) as never }) });
    open();
    expect(await screen.findByRole("alert")).toHaveTextContent("上次备份没有完成：磁盘空间不够");
  });
});

describe("retention", () => {
  it("goes only after the preview was seen, and sends what it said", async () => {
    const asked = serve({ [`GET ${HERE}`]: keepingOf(), [PREVIEW]: previewOf(), [SAVE]: keepingOf() });
    open();
    const field = await screen.findByLabelText("使用与浏览");
    expect(screen.getByRole("button", { name: "预览将清除的内容" })).toBeDisabled();
    await userEvent.selectOptions(field, "12");
    expect(screen.queryByRole("button", { name: /确认清除/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "预览将清除的内容" }));
    expect(await screen.findByText(/之前的 340 行，涉及 21 家客户/)).toBeInTheDocument();
    expect(screen.getByText(/2 个指标回看得更久.*首次访问至今、两年访问/)).toBeInTheDocument();
    expect(sent(asked, SAVE)).toHaveLength(0);
    await userEvent.click(screen.getByRole("button", { name: "确认清除 340 行" }));
    await waitFor(() => expect(sent(asked, SAVE)).toEqual([{ usage: 12, talk: null, trade: null, rows: 340 }]));
    expect(await screen.findByText("已保存，今晚生效")).toBeInTheDocument();
  });

  it("does not offer less than the group allows, and says what there is", async () => {
    serve({ [`GET ${HERE}`]: keepingOf() });
    open();
    const trade = within(await screen.findByLabelText("交易与付款"));
    expect(trade.getAllByRole("option").map((option) => option.textContent)).toEqual([
      "永久保留",
      "12 个月",
      "18 个月",
      "24 个月",
      "36 个月",
      "48 个月",
      "60 个月",
      "84 个月",
      "120 个月",
    ]);
    expect(screen.getByText("还没有记录")).toBeInTheDocument();
    expect(screen.getAllByText(/现有 1,200 行/)).toHaveLength(2);
  });

  it("forgets the preview when the choice changes, and the choice when one turns back", async () => {
    serve({ [`GET ${HERE}`]: keepingOf(), [PREVIEW]: previewOf() });
    open();
    const field = await screen.findByLabelText("使用与浏览");
    await userEvent.selectOptions(field, "12");
    await userEvent.click(screen.getByRole("button", { name: "预览将清除的内容" }));
    await screen.findByRole("button", { name: "确认清除 340 行" });
    await userEvent.selectOptions(field, "6");
    expect(screen.queryByRole("button", { name: /确认清除/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "预览将清除的内容" }));
    await userEvent.click(await screen.findByRole("button", { name: "不改了" }));
    expect(field).toHaveValue("");
  });

  it("tells when more would go by now than was shown", async () => {
    serve({
      [`GET ${HERE}`]: keepingOf({ retention: [keptOf({ months: 24 })] }),
      [PREVIEW]: previewOf({ rows: 0, going: [], metrics: [], metrics_total: 0 }),
      [SAVE]: refuse(409, "retention_changed", "将删除的行数已变为 3 行"),
    });
    open();
    await userEvent.selectOptions(await screen.findByLabelText("使用与浏览"), "12");
    await userEvent.click(screen.getByRole("button", { name: "预览将清除的内容" }));
    await userEvent.click(await screen.findByRole("button", { name: "保存" }));
    expect(await screen.findByText(/将删除的行数已变为 3 行/)).toBeInTheDocument();
  });
});

it("is closed to those who do not look after sources", () => {
  serve({});
  open(workspaceOf({ permissions: ["publish"] }));
  expect(screen.getByText("没有权限查看")).toBeInTheDocument();
});
