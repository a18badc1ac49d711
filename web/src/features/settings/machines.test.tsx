import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { failure, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { ApiKeysPage } from "./ApiKeysPage";
import { ChannelsPage } from "./ChannelsPage";
import { key, webhook } from "./testing/fixtures";

const KEYS = "/api/v1/w/demo/api-keys";
const CHANNELS = "/api/v1/w/demo/channels";

describe("DAT-12 API keys", () => {
  it("show their secret once, when they are made", async () => {
    const asked = serve({ [`GET ${KEYS}`]: [key], [`POST ${KEYS}`]: { key, secret: "lk_41ab_secret" } });
    renderUi(<ApiKeysPage />);
    expect(await screen.findByText("ERP 推送")).toBeInTheDocument();
    expect(screen.getByText("导入数据")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "新建密钥" }));
    const dialog = within(await screen.findByRole("dialog"));
    await fill("用途", "BI 读取");
    await userEvent.click(dialog.getByRole("checkbox", { name: "导出" }));
    await userEvent.click(dialog.getByRole("button", { name: "生成" }));
    expect(await dialog.findByText("lk_41ab_secret")).toBeInTheDocument();
    expect(sent(asked, `POST ${KEYS}`)).toEqual([{ name: "BI 读取", scopes: ["import", "export"] }]);
  });

  it("are revoked after a question, and then say when", async () => {
    const asked = serve({
      [`GET ${KEYS}`]: [key, { ...key, id: 2, name: "旧密钥", revoked_at: "2026-11-02T02:00:00Z" }],
      [`DELETE ${KEYS}/1`]: key,
    });
    renderUi(<ApiKeysPage />);
    expect(await screen.findByText("已于 2026-11-02 02:00 撤销")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销密钥" }));
    await userEvent.click(await screen.findByRole("button", { name: /确 ?定/ }));
    await waitFor(() => expect(sent(asked, `DELETE ${KEYS}/1`)).toHaveLength(1));
  });

  it("explain themselves when there are none", async () => {
    serve({ [`GET ${KEYS}`]: [] });
    renderUi(<ApiKeysPage />);
    expect(await screen.findByText("还没有密钥")).toBeInTheDocument();
  });
});

describe("ALT-01 channels", () => {
  it("say how they do", async () => {
    serve({
      [`GET ${CHANNELS}`]: [
        webhook,
        { ...webhook, id: 3, name: "邮件", kind: "email", last_error: failure("对方返回 403") },
        { ...webhook, id: 4, name: "停用的", enabled: false },
      ],
    });
    renderUi(<ChannelsPage />);
    const [ok, failing, off] = await screen.findAllByRole("listitem");
    expect(ok).toHaveTextContent("2026-11-22 02:00 送达");
    expect(failing).toHaveTextContent("发送失败");
    expect(failing).toHaveTextContent("对方返回 403");
    expect(off).toHaveTextContent("已停用");
  });

  it("send a test and show the answer of the other side", async () => {
    serve({ [`GET ${CHANNELS}`]: [webhook], [`POST ${CHANNELS}/2/test`]: { ok: false, message: "403 Forbidden" } });
    renderUi(<ChannelsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "发测试消息" }));
    expect(await screen.findByRole("status")).toHaveTextContent("403 Forbidden");
  });

  it("are added: e-mail to the owner unless told otherwise", async () => {
    const asked = serve({ [`GET ${CHANNELS}`]: [], [`POST ${CHANNELS}`]: webhook });
    renderUi(<ChannelsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "添加渠道" }));
    await screen.findByRole("dialog");
    await fill("名称", "邮件");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${CHANNELS}`)).toEqual([
        { kind: "email", name: "邮件", config: { to: "owner" }, secrets: {}, enabled: true },
      ]),
    );
  });

  it("are edited without losing the stored secret", async () => {
    const asked = serve({ [`GET ${CHANNELS}`]: [webhook], [`PATCH ${CHANNELS}/2`]: webhook });
    renderUi(<ChannelsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "编辑" }));
    await screen.findByRole("dialog");
    expect(screen.getByText("留空则沿用已保存的密钥")).toBeInTheDocument();
    await fill("接收地址", "https://hooks.example.com/new");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `PATCH ${CHANNELS}/2`)[0]).toMatchObject({
        config: { url: "https://hooks.example.com/new" },
        secrets: {},
      }),
    );
  });

  it("are closed to roles that may not manage them", () => {
    serve({});
    renderUi(<ChannelsPage />, { workspace: workspaceOf({ permissions: ["handle"] }) });
    expect(screen.getByText("没有权限查看")).toBeInTheDocument();
  });
});
