import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { ApiKeysPage } from "./ApiKeysPage";
import { key } from "./testing/fixtures";

const KEYS = "/api/v1/w/demo/api-keys";

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
    expect(sent(asked, `POST ${KEYS}`)).toEqual([{ name: "BI 读取", scopes: ["ingest", "export"], origins: [] }]);
    expect(dialog.getByText(/curl -X POST/)).toHaveTextContent("lk_41ab_secret");
  });

  it("of pages say that anybody can read them and how little they may do", async () => {
    serve({ [`GET ${KEYS}`]: [] });
    renderUi(<ApiKeysPage />);
    await userEvent.click(await screen.findByRole("button", { name: "新建密钥" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.queryByText(/任何访客都能看到/)).not.toBeInTheDocument();
    await userEvent.click(dialog.getByRole("checkbox", { name: "只发送网页行为（可放进网页）" }));
    expect(dialog.getByText(/任何访客都能看到/)).toBeInTheDocument();
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
