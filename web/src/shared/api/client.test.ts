import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchApi, whenSignedOut } from "./client";
import { csrfToken, needsCsrf } from "./csrf";

const answer = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  document.documentElement.lang = "zh-CN";
  // biome-ignore lint/suspicious/noDocumentCookie: Django's cookie, as the browser holds it
  document.cookie = "csrftoken=abc%3D";
  vi.stubGlobal("fetch", answer);
});
afterEach(() => vi.unstubAllGlobals());

it("reads the CSRF token among other cookies", () => {
  expect(csrfToken("a=1; csrftoken=xyz; b=2")).toBe("xyz");
  expect(csrfToken("a=1")).toBe("");
  expect(needsCsrf("get")).toBe(false);
  expect(needsCsrf("PATCH")).toBe(true);
});

it("sends the token with changes and the reader's language with everything", async () => {
  answer.mockResolvedValue(Response.json({}));
  await fetchApi.POST("/api/v1/w/{slug}/clock", {
    params: { path: { slug: "demo" } },
    body: { days: 1 },
    fetch: answer,
  });
  const request = answer.mock.calls[0]?.[0];
  expect(request?.url).toContain("/api/v1/w/demo/clock");
  expect(request?.headers.get("X-CSRFToken")).toBe("abc=");
  expect(request?.headers.get("Accept-Language")).toBe("zh-CN");
});

it("tells the app when the session is gone", async () => {
  const gone = vi.fn();
  whenSignedOut(gone);
  answer.mockResolvedValue(Response.json({ code: "unauthorized", message: "" }, { status: 401 }));
  const { error } = await fetchApi.GET("/api/v1/w/{slug}/today", { params: { path: { slug: "demo" } }, fetch: answer });
  expect(error).toMatchObject({ code: "unauthorized" });
  expect(gone).toHaveBeenCalledOnce();
});
