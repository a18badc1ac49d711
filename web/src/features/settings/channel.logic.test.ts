import { describe, expect, it } from "vitest";
import { bodyOf, formOf, type Kind, missing, moved, toneOf } from "./channel.logic";
import { kinds, webhook } from "./testing/fixtures";

const kind = (name: string) => kinds.find((each) => each.name === name) as Kind;

describe("ALT-01 a channel's form", () => {
  it("keeps its stored secret when none is typed", () => {
    const form = formOf(kind("webhook"), webhook);
    expect(form).toEqual({
      name: "值班机器人",
      enabled: true,
      values: { url: "https://hooks.example.com/liuke" },
    });
    expect(missing(kind("webhook"), form, webhook)).toEqual([]);
    expect(bodyOf(kind("webhook"), form)).toEqual({
      kind: "webhook",
      name: "值班机器人",
      config: { url: "https://hooks.example.com/liuke" },
      secrets: {},
      enabled: true,
    });
  });

  it("says which required fields are empty", () => {
    const form = formOf(kind("webhook"));
    expect(missing(kind("webhook"), form)).toEqual(["url", "secret"]);
    expect(missing(kind("webhook"), { ...form, name: " " }, webhook)).toEqual(["name", "url"]);
    expect(missing(kind("email"), formOf(kind("email")))).toEqual([]);
  });

  it("sends flags and numbers as such and leaves out what is empty", () => {
    const form = { ...formOf(kind("feishu")), values: { style: "oauth", todo: "true", rate: "20" } };
    expect(bodyOf(kind("feishu"), form).config).toEqual({ style: "oauth", todo: true, rate: 20 });
    expect(bodyOf(kind("feishu"), { ...form, values: { style: "tenant", todo: "", rate: " " } }).config).toEqual({
      style: "tenant",
    });
  });

  it("chooses the default of a choice and shows a stored flag", () => {
    expect(formOf(kind("feishu")).values).toEqual({ style: "tenant", todo: "", rate: "" });
    const stored = { ...webhook, kind: "feishu", config: { todo: true, rate: 5 } };
    expect(formOf(kind("feishu"), stored).values).toEqual({ style: "tenant", todo: "true", rate: "5" });
  });
});

describe("the order of channels", () => {
  it("moves one by a step and stops at the ends", () => {
    expect(moved([1, 2, 3], 3, -1)).toEqual([1, 3, 2]);
    expect(moved([1, 2, 3], 1, 1)).toEqual([2, 1, 3]);
    expect(moved([1, 2, 3], 1, -1)).toEqual([1, 2, 3]);
    expect(moved([1, 2, 3], 3, 1)).toEqual([1, 2, 3]);
    expect(moved([1, 2, 3], 9, 1)).toEqual([1, 2, 3]);
  });
});

describe("how a channel does", () => {
  it("is the last thing that happened", () => {
    const error = { code: "x", message: "x", params: {}, faults: [], request_id: "" };
    expect(toneOf(webhook)).toBe("ok");
    expect(toneOf({ ...webhook, last_error: error })).toBe("failed");
    expect(toneOf({ ...webhook, last_error: error, enabled: false })).toBe("off");
    expect(toneOf({ ...webhook, last_ok_at: null })).toBe("never");
  });
});
