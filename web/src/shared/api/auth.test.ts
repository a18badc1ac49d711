import { expect, it } from "vitest";
import { authFault, wantsPassword, wantsSecondFactor } from "./auth";

it("asks for the second factor only while it is pending", () => {
  const answer = (is_pending: boolean) => ({
    status: 401,
    data: { flows: [{ id: "login" }, { id: "mfa_authenticate", is_pending }] },
  });
  expect(wantsSecondFactor(answer(true))).toBe(true);
  expect(wantsSecondFactor(answer(false))).toBe(false);
  expect(wantsSecondFactor(undefined)).toBe(false);
});

it("recognises a session that is too old for a delicate change", () => {
  expect(wantsPassword({ status: 401, data: { flows: [{ id: "reauthenticate" }] } })).toBe(true);
  expect(wantsPassword({ status: 400 })).toBe(false);
});

it("shows the first fault", () => {
  expect(authFault({ status: 400, errors: [{ code: "email_password_mismatch", message: "邮箱或密码不正确" }] })).toBe(
    "邮箱或密码不正确",
  );
  expect(authFault(undefined)).toBe("");
});
