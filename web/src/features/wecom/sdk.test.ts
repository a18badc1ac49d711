import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refuse, serve } from "@/shared/testing/server";
import { inTime, SCRIPT, wecomSdk } from "./sdk";
import { JSSDK, jssdkOf, sdkOf } from "./testing/sdkOf";

const tag = () => document.head.querySelector<HTMLScriptElement>(`script[src="${SCRIPT}"]`);

beforeEach(() => {
  delete window.ww;
});
afterEach(() => {
  tag()?.remove();
  vi.unstubAllGlobals();
});

describe("WeCom's script", () => {
  it("is signed for the address of the page without its fragment", async () => {
    const asked = serve({ [JSSDK]: jssdkOf() });
    const sdk = sdkOf();
    window.history.replaceState(null, "", "/w/demo/sidebar?chat=1#part");
    window.ww = sdk;
    expect(await wecomSdk("demo")).toBe(sdk);
    expect(asked[0]?.query.get("url")).toMatch(/\/w\/demo\/sidebar\?chat=1$/);
    const given = vi.mocked(sdk.register).mock.calls[0]?.[0];
    expect([given?.corpId, given?.agentId]).toEqual(["wwcorp", 1000002]);
    expect(given?.getConfigSignature()).toEqual({ timestamp: 1, nonceStr: "a", signature: "corp" });
    expect(given?.getAgentConfigSignature()).toEqual({ timestamp: 2, nonceStr: "b", signature: "app" });
  });

  it("comes from WeCom's own host, once", async () => {
    serve({ [JSSDK]: jssdkOf() });
    const sdk = sdkOf();
    const ready = wecomSdk("demo");
    window.ww = sdk;
    tag()?.dispatchEvent(new Event("load"));
    expect(await ready).toBe(sdk);
    expect(new URL(SCRIPT).host).toBe("wwcdn.weixin.qq.com");
  });

  it("that is blocked is a refusal, and the tag does not stay", async () => {
    serve({ [JSSDK]: jssdkOf() });
    const ready = wecomSdk("demo");
    tag()?.dispatchEvent(new Event("error"));
    await expect(ready).rejects.toThrow("script blocked");
    expect(tag()).toBeNull();
  });

  it("is not registered where the workspace has no WeCom", async () => {
    serve({ [JSSDK]: refuse(404, "wecom_missing") });
    const sdk = sdkOf();
    window.ww = sdk;
    await expect(wecomSdk("demo")).rejects.toMatchObject({ code: "wecom_missing" });
    expect(sdk.register).not.toHaveBeenCalled();
  });
});

describe("an answer", () => {
  it("that never comes is a refusal", async () => {
    vi.useFakeTimers();
    const waiting = expect(inTime(new Promise(() => undefined), 100)).rejects.toThrow("silent");
    await vi.advanceTimersByTimeAsync(101);
    await waiting;
    vi.useRealTimers();
  });

  it("in time is passed on, and so is a refusal", async () => {
    expect(await inTime(Promise.resolve(3))).toBe(3);
    await expect(inTime(Promise.reject(new Error("40096")))).rejects.toThrow("40096");
  });
});
