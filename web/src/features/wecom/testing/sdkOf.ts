import { vi } from "vitest";
import type { Schemas } from "@/shared/api/client";
import type { WecomSdk } from "../sdk";

export const JSSDK = "GET /api/v1/w/demo/wecom/jssdk";

/** Signatures for tests. */
export const jssdkOf = (): Schemas["JssdkOut"] => ({
  corp_id: "wwcorp",
  agent_id: 1000002,
  config: { timestamp: 1, noncestr: "a", signature: "corp" },
  agent_config: { timestamp: 2, noncestr: "b", signature: "app" },
});

/** WeCom's functions as its browser has them, beside the chat with wm1. */
export const sdkOf = (change: Partial<WecomSdk> = {}): WecomSdk => ({
  register: vi.fn(),
  getCurExternalContact: vi.fn(async () => ({ userId: "wm1" })),
  openEnterpriseChat: vi.fn(async () => ({})),
  ...change,
});

/** The browser inside WeCom, or any other. */
export function asBrowser(agent: "wxwork" | "Mozilla"): void {
  vi.spyOn(navigator, "userAgent", "get").mockReturnValue(`${agent}/4.1`);
}

/** What is copied from now on; the test's browser has no clipboard of its own. */
export function noteCopies(): string[] {
  const copied: string[] = [];
  document.execCommand = () => {
    const fields = [...document.querySelectorAll<HTMLTextAreaElement>("body > textarea")];
    return copied.push(fields.at(-1)?.value ?? "") > 0;
  };
  return copied;
}
