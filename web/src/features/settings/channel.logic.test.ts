import { describe, expect, it } from "vitest";
import { bodyOf, formOf, isComplete } from "./channel.logic";

const webhook = {
  id: 2,
  kind: "webhook" as const,
  name: "值班机器人",
  config: { url: "https://hooks.example.com/liuke" },
  secrets_set: ["secret"],
  enabled: true,
  last_ok_at: null,
  last_error: null,
};

describe("ALT-01 a channel", () => {
  it("keeps its stored secret when none is typed", () => {
    expect(formOf(webhook)).toMatchObject({ kind: "webhook", url: "https://hooks.example.com/liuke", secret: "" });
    expect(bodyOf(formOf(webhook))).toEqual({
      kind: "webhook",
      name: "值班机器人",
      config: { url: "https://hooks.example.com/liuke" },
      secrets: {},
      enabled: true,
    });
  });
  it("sends e-mail to the owner unless told otherwise", () => {
    const form = { ...formOf(), name: "邮件" };
    expect(bodyOf(form).config).toEqual({ to: "owner" });
    expect(bodyOf({ ...form, toOwner: false, address: " duty@example.com " }).config).toEqual({
      to: "duty@example.com",
    });
  });
  it("is complete with a name and somewhere to go", () => {
    const form = formOf();
    expect(isComplete(form)).toBe(false);
    expect(isComplete({ ...form, name: "邮件" })).toBe(true);
    expect(isComplete({ ...form, name: "邮件", toOwner: false, address: "duty" })).toBe(false);
    expect(isComplete({ ...form, name: "钩子", kind: "webhook", url: "ftp://x" })).toBe(false);
    expect(isComplete({ ...form, name: "钩子", kind: "webhook", url: "http://127.0.0.1:9000/x" })).toBe(true);
  });
});
