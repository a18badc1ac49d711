import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { sessionOf, stranger } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { Refusal, sent, serve } from "@/shared/testing/server";
import { LoginPage } from "./LoginPage";

const LOGIN = "POST /_allauth/browser/v1/auth/login";
const SECOND = "POST /_allauth/browser/v1/auth/2fa/authenticate";
const open = (at = "/login") => renderUi(<LoginPage />, { at, path: "/login", session: stranger() });

async function logIn() {
  await fill("邮箱", " lin@example.com ");
  await fill("密码", "correct horse 9");
  await userEvent.click(screen.getByRole("button", { name: "登录" }));
}

describe("log-in", () => {
  it("sends the address without blanks and the password as typed", async () => {
    const asked = serve({ [LOGIN]: { status: 200, data: {} } });
    open();
    expect(screen.getByRole("button", { name: "登录" })).toBeDisabled();
    await logIn();
    await waitFor(() =>
      expect(sent(asked, LOGIN)).toEqual([{ email: "lin@example.com", password: "correct horse 9" }]),
    );
  });

  it("shows the server's words when the password is wrong", async () => {
    serve({ [LOGIN]: new Refusal(400, { status: 400, errors: [{ code: "mismatch", message: "邮箱或密码不正确" }] }) });
    open();
    await logIn();
    expect(await screen.findByRole("alert")).toHaveTextContent("邮箱或密码不正确");
  });

  it("says so when the server cannot be reached", async () => {
    serve({
      [LOGIN]: () => {
        throw new TypeError("Failed to fetch");
      },
    });
    open();
    await logIn();
    expect(await screen.findByRole("alert")).toHaveTextContent("暂时连不上服务器");
  });

  it("asks for the second step only when the account has one, and can start again", async () => {
    const pending = new Refusal(401, { status: 401, data: { flows: [{ id: "mfa_authenticate", is_pending: true }] } });
    const asked = serve({ [LOGIN]: pending, [SECOND]: { status: 200 } });
    open();
    await logIn();
    await screen.findByLabelText("验证码");
    await fill("验证码", "123456");
    await userEvent.click(screen.getByRole("button", { name: "验证并登录" }));
    await waitFor(() => expect(sent(asked, SECOND)).toEqual([{ code: "123456" }]));
    await userEvent.click(screen.getByRole("button", { name: "换一个账号" }));
    expect(screen.getByLabelText("密码")).toBeInTheDocument();
  });

  it("leads on to the wanted page, and never to another site", () => {
    renderUi(<LoginPage />, { at: "/login?next=%2Fw%2Fdemo%2Falerts", path: "/login", session: sessionOf() });
    expect(address()).toBe("/w/demo/alerts");
  });

  it("goes home instead of to another site", () => {
    renderUi(<LoginPage />, { at: "/login?next=%2F%2Fevil.example", path: "/login", session: sessionOf() });
    expect(address()).toBe("/");
  });
});
