import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { failure, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { ChannelsPage } from "./ChannelsPage";
import { kinds, webhook } from "./testing/fixtures";

const CHANNELS = "/api/v1/w/demo/channels";
const KINDS = "/api/v1/w/demo/channel-kinds";
const OWNERS = "/api/v1/w/demo/owners";

const page = (channels: unknown[], more: Record<string, unknown> = {}) => {
  const asked = serve({ [`GET ${CHANNELS}`]: channels, [`GET ${KINDS}`]: kinds, [`GET ${OWNERS}`]: [], ...more });
  renderUi(<ChannelsPage />);
  return asked;
};

describe("ALT-01 channels", () => {
  it("say how they do, in figures too", async () => {
    const health = {
      day: { sent: 12, failed: 1, unknown: 2 },
      week: { sent: 80, failed: 1, unknown: 2 },
      waiting: 3,
      receipts_open: 4,
      uses: [{ label: "ww1", used: 19, most: 20, seconds: 60 }],
    };
    page([
      { ...webhook, health },
      { ...webhook, id: 3, name: "邮件", last_error: failure("对方返回 403"), last_error_at: "2026-11-22T03:00:00Z" },
      { ...webhook, id: 4, name: "停用的", enabled: false },
    ]);
    const [ok, failing, off] = await screen.findAllByRole("listitem");
    expect(ok).toHaveTextContent("2026-11-22 02:00 送达");
    expect(ok).toHaveTextContent("24小时：已发 12 · 失败 1 · 未知 2");
    expect(ok).toHaveTextContent("排队 3 · 待回执 4 · 频率 ww1 19/20（60秒）");
    expect(failing).toHaveTextContent("发送失败");
    expect(failing).toHaveTextContent("2026-11-22 03:00 对方返回 403");
    expect(off).toHaveTextContent("已停用");
  });

  it("explain themselves when there are none", async () => {
    page([]);
    expect(await screen.findByText("还没有外部渠道")).toBeInTheDocument();
  });

  it("are added by a form made of the kind's fields", async () => {
    const asked = page([], { [`POST ${CHANNELS}`]: webhook });
    await waitFor(() => expect(screen.getByRole("button", { name: "添加渠道" })).toBeEnabled());
    await userEvent.click(screen.getByRole("button", { name: "添加渠道" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("邮件的说明")).toBeInTheDocument();
    await userEvent.selectOptions(dialog.getByLabelText("渠道类型"), "webhook");
    expect(dialog.getByRole("button", { name: "保存" })).toBeDisabled();
    await fill("接收地址", "https://hooks.example.com/x");
    await fill("签名密钥", "geheim");
    await userEvent.click(dialog.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${CHANNELS}`)).toEqual([
        {
          kind: "webhook",
          name: "签名网络钩子",
          config: { url: "https://hooks.example.com/x" },
          secrets: { secret: "geheim" },
          enabled: true,
        },
      ]),
    );
  });

  it("are edited without losing or showing the stored secret", async () => {
    const asked = page([webhook], { [`PATCH ${CHANNELS}/2`]: webhook });
    await waitFor(() => expect(screen.getByRole("button", { name: "添加渠道" })).toBeEnabled());
    await userEvent.click(screen.getByRole("button", { name: "编辑" }));
    await screen.findByRole("dialog");
    expect(screen.getByText("留空则沿用已保存的密钥")).toBeInTheDocument();
    expect(screen.getByLabelText("签名密钥")).toHaveValue("");
    await fill("接收地址", "https://hooks.example.com/new");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `PATCH ${CHANNELS}/2`)[0]).toMatchObject({
        config: { url: "https://hooks.example.com/new" },
        secrets: {},
      }),
    );
  });

  it("send a test to a chosen person or address and explain the answer", async () => {
    const answer = { ok: false, outcome: "failed", message: "应用可见范围不含此人", code: "60011" };
    const asked = page([{ ...webhook, kind: "feishu" }], {
      [`POST ${CHANNELS}/2/test`]: answer,
      [`GET ${OWNERS}`]: [{ id: 7, name: "陈嘉豪", team: null }],
    });
    await userEvent.click(await screen.findByRole("button", { name: "发测试消息" }));
    const dialog = within(await screen.findByRole("dialog"));
    await dialog.findByRole("option", { name: "陈嘉豪" });
    await userEvent.selectOptions(dialog.getByLabelText("发给"), "7");
    await userEvent.click(dialog.getByRole("button", { name: "发送" }));
    expect(await dialog.findByRole("status")).toHaveTextContent("应用可见范围不含此人 对方代码 60011");
    expect(sent(asked, `POST ${CHANNELS}/2/test`)).toEqual([{ membership_id: 7, address: "" }]);
  });

  it("show what a check found", async () => {
    page([{ ...webhook, kind: "feishu" }], {
      [`POST ${CHANNELS}/2/check`]: [
        { name: "credentials", label: "账号凭证", ok: true, message: "账号凭证有效" },
        { name: "callback", label: "回调地址", ok: false, message: "没有公网回调地址" },
      ],
    });
    await userEvent.click(await screen.findByRole("button", { name: "检查" }));
    const found = await screen.findByRole("list", { name: "检查结果" });
    expect(found).toHaveTextContent("账号凭证 · 正常 · 账号凭证有效");
    expect(found).toHaveTextContent("回调地址 · 需处理 · 没有公网回调地址");
  });

  it("name the callback's state and offer a new address", async () => {
    const url = "https://liuke.example.com/api/callbacks/2/abc";
    const asked = page([{ ...webhook, callback_url: url }], { [`POST ${CHANNELS}/2/callback`]: webhook });
    expect(await screen.findByText(/还没收到回调/)).toHaveTextContent("没有公网地址：按钮会变成链接");
    await userEvent.click(screen.getByRole("button", { name: "更换地址" }));
    await userEvent.click(await screen.findByRole("button", { name: /确 ?定/ }));
    await waitFor(() => expect(sent(asked, `POST ${CHANNELS}/2/callback`)).toHaveLength(1));
  });

  it("list what failed or is unknown, to be asked for or marked, not sent again", async () => {
    const trouble = {
      id: 5,
      state: "unknown",
      at: "2026-11-22T02:00:00Z",
      to_customer: true,
      message: "对方没有应答",
      can_ask: true,
    };
    const asked = page([webhook], {
      [`GET ${CHANNELS}/2/troubles`]: [trouble],
      [`POST ${CHANNELS}/2/troubles/5/ask`]: { state: "delivered" },
      [`POST ${CHANNELS}/2/troubles/5/mark`]: { ok: true },
    });
    await userEvent.click(await screen.findByRole("button", { name: "失败与未知" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByRole("listitem")).toHaveTextContent("未知2026-11-22 02:00 · 客户消息");
    expect(dialog.queryByRole("button", { name: /重发/ })).not.toBeInTheDocument();
    await userEvent.click(dialog.getByRole("button", { name: "再查一次" }));
    expect(await dialog.findByRole("status")).toHaveTextContent("已送达");
    await userEvent.click(dialog.getByRole("button", { name: "标记为未送达" }));
    await waitFor(() => expect(sent(asked, `POST ${CHANNELS}/2/troubles/5/mark`)).toEqual([{ arrived: false }]));
  });

  it("are sorted by buttons", async () => {
    const asked = page([webhook, { ...webhook, id: 3, name: "邮件" }], { [`POST ${CHANNELS}/order`]: { ok: true } });
    await userEvent.click(await screen.findByRole("button", { name: "上移 邮件" }));
    await waitFor(() => expect(sent(asked, `POST ${CHANNELS}/order`)).toEqual([{ ids: [3, 2] }]));
  });

  it("are closed to roles that may not manage them", () => {
    serve({});
    renderUi(<ChannelsPage />, { workspace: workspaceOf({ permissions: ["handle"] }) });
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
  });
});
