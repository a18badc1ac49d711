import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { sessionOf, stranger } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { Refusal, refuse, sent, serve } from "@/shared/testing/server";
import { InvitationPage } from "./InvitationPage";
import { ResetPage } from "./ResetPage";
import { SetupPage } from "./SetupPage";

async function typePasswords(first = "correct horse 9", second = first) {
  await fill("设置密码", first);
  await fill("再输入一次", second);
}

describe("the first run", () => {
  async function complete() {
    await fill("姓名", "林晓雯");
    await fill("邮箱", "lin@example.com");
    await typePasswords();
    await userEvent.click(screen.getByRole("button", { name: "创建并继续" }));
  }

  it("creates the admin in the language of the page", async () => {
    const asked = serve({ "POST /api/v1/setup": sessionOf() });
    renderUi(<SetupPage />, { session: stranger() });
    await complete();
    await waitFor(() =>
      expect(sent(asked, "POST /api/v1/setup")).toEqual([
        { name: "林晓雯", email: "lin@example.com", password: "correct horse 9", language: "zh-CN" },
      ]),
    );
  });

  it("lists every fault that the server found", async () => {
    serve({
      "POST /api/v1/setup": refuse(422, "invalid_input", "有 1 处不对", [{ where: "password", message: "太常见" }]),
    });
    renderUi(<SetupPage />, { session: stranger() });
    await complete();
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("有 1 处不对");
    expect(alert).toHaveTextContent("password 太常见");
  });

  it("does not let two different passwords pass", async () => {
    serve({});
    renderUi(<SetupPage />, { session: stranger() });
    await fill("姓名", "林晓雯");
    await fill("邮箱", "lin@example.com");
    await typePasswords("correct horse 9", "correct horse 8");
    expect(screen.getByRole("alert")).toHaveTextContent("两次输入不一致");
    expect(screen.getByRole("button", { name: "创建并继续" })).toBeDisabled();
  });
});

describe("an invitation", () => {
  const GET = "GET /api/v1/invitations/abc";
  const POST = "POST /api/v1/invitations/abc";
  const open = () => renderUi(<InvitationPage />, { at: "/invite/abc", path: "/invite/:token", session: stranger() });

  it("greets by name, sets the password and enters", async () => {
    const asked = serve({
      [GET]: { email: "wu@example.com", name: "吴佳怡", workspace: "华东渠道" },
      [POST]: { ok: true },
    });
    open();
    expect(await screen.findByRole("heading", { name: "吴佳怡,欢迎加入" })).toBeInTheDocument();
    await typePasswords();
    await userEvent.click(screen.getByRole("button", { name: "加入工作区" }));
    await waitFor(() => expect(address()).toBe("/"));
    expect(sent(asked, POST)).toEqual([{ password: "correct horse 9" }]);
  });

  it("explains a link that no longer works", async () => {
    serve({ [GET]: refuse(404, "invitation_gone", "邀请已过期") });
    open();
    expect(await screen.findByRole("alert")).toHaveTextContent("邀请已过期");
    expect(screen.getByRole("link", { name: "登录" })).toHaveAttribute("href", "/login");
  });
});

describe("a forgotten password", () => {
  const REQUEST = "POST /_allauth/browser/v1/auth/password/request";
  const RESET = "POST /_allauth/browser/v1/auth/password/reset";

  it("never tells whether an address has an account", async () => {
    serve({ [REQUEST]: { status: 200 } });
    renderUi(<ResetPage />, { at: "/reset", path: "/reset/:key?" });
    await fill("邮箱", "nobody@example.com");
    await userEvent.click(screen.getByRole("button", { name: "发送链接" }));
    expect(await screen.findByText(/如果这个邮箱有账号/)).toBeInTheDocument();
  });

  it("saves the new password with the key of the link", async () => {
    // The log-in service answers 401 because nobody is logged in afterwards: that is a success.
    const asked = serve({ [RESET]: new Refusal(401, { status: 401, data: { flows: [] } }) });
    renderUi(<ResetPage />, { at: "/reset/k-1", path: "/reset/:key?" });
    await typePasswords();
    await userEvent.click(screen.getByRole("button", { name: "保存新密码" }));
    expect(await screen.findByText(/密码已更新/)).toBeInTheDocument();
    expect(sent(asked, RESET)).toEqual([{ key: "k-1", password: "correct horse 9" }]);
  });

  it("shows why a password is refused", async () => {
    serve({
      [RESET]: new Refusal(400, { status: 400, errors: [{ code: "password_too_common", message: "这个密码太常见" }] }),
    });
    renderUi(<ResetPage />, { at: "/reset/k-1", path: "/reset/:key?" });
    await typePasswords("1234567890");
    await userEvent.click(screen.getByRole("button", { name: "保存新密码" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("这个密码太常见");
  });
});
