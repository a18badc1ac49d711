import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { fetchApi } from "@/shared/api/client";
import { sessionOf, stranger } from "@/shared/testing/fixtures";
import { refuse, serve } from "@/shared/testing/server";
import { App } from "./App";
import { speak } from "./i18n";

vi.mock("./pages", () => {
  const page = (name: string) => async () => ({ Component: () => <h1>{name}</h1> });
  const names = ["login", "setup", "dashboard", "today", "newWorkspace", "settings", "profile"];
  return {
    pages: new Proxy({}, { get: (_, name) => page(names.includes(String(name)) ? String(name) : "other") }),
    prefetchPage: vi.fn(),
  };
});

const SESSION = "GET /api/v1/session";

async function start(path: string) {
  window.history.replaceState(null, "", path);
  const antdLocale = await speak("zh-CN");
  return render(<App antdLocale={antdLocale} />);
}

beforeEach(() => window.history.replaceState(null, "", "/"));

describe("the app starts", () => {
  it("with the first run while nobody exists", async () => {
    serve({ [SESSION]: { ...stranger(), needs_setup: true } });
    await start("/w/demo/dashboard");
    expect(await screen.findByRole("heading", { name: "setup" })).toBeInTheDocument();
  });

  it("with the log-in for a stranger, who is brought back afterwards", async () => {
    serve({ [SESSION]: stranger() });
    await start("/w/demo/alerts?level=high");
    expect(await screen.findByRole("heading", { name: "login" })).toBeInTheDocument();
    expect(window.location.search).toBe("?next=%2Fw%2Fdemo%2Falerts%3Flevel%3Dhigh");
  });

  it("in the last workspace, on the page where the role works", async () => {
    serve({ [SESSION]: sessionOf() });
    await start("/");
    expect(await screen.findByRole("heading", { name: "dashboard" })).toBeInTheDocument();
    expect(window.location.pathname).toBe("/w/demo/dashboard");
  });

  it("with a new workspace for somebody who has none", async () => {
    serve({ [SESSION]: sessionOf({ workspaces: [] }) });
    await start("/");
    expect(await screen.findByRole("heading", { name: "newWorkspace" })).toBeInTheDocument();
  });

  it("with an explanation where the workspace is not theirs", async () => {
    serve({ [SESSION]: sessionOf() });
    await start("/w/strange/alerts");
    expect(await screen.findByText("没有这个工作区")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "华东渠道" })).toHaveAttribute("href", "/w/own");
  });

  it("with another try when the server does not answer", async () => {
    let up = false;
    serve({ [SESSION]: () => (up ? stranger() : refuse(400, "bad_request", "请求不对")) });
    await start("/");
    expect(await screen.findByText("请求不对")).toBeInTheDocument();
    up = true;
    await userEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByRole("heading", { name: "login" })).toBeInTheDocument();
  });
});

describe("while the app runs", () => {
  it("a session that ends elsewhere leads to the log-in", async () => {
    let here = true;
    serve({
      [SESSION]: () => (here ? sessionOf() : stranger()),
      "GET /api/v1/w/demo/today": refuse(401, "unauthorized"),
    });
    await start("/w/demo/dashboard");
    await screen.findByRole("heading", { name: "dashboard" });
    here = false;
    await act(() => fetchApi.GET("/api/v1/w/{slug}/today", { params: { path: { slug: "demo" } } }));
    expect(await screen.findByRole("heading", { name: "login" })).toBeInTheDocument();
  });

  it("speaks the language of the account", async () => {
    const { me } = sessionOf();
    serve({ [SESSION]: sessionOf({ me: me && { ...me, language: "en" } }) });
    await start("/w/demo/dashboard");
    expect(await screen.findByRole("link", { name: "Customers" })).toBeInTheDocument();
    await act(() => speak("zh-CN"));
  });

  it("says that an address leads nowhere", async () => {
    serve({ [SESSION]: sessionOf() });
    await start("/w/demo/nowhere");
    expect(await screen.findByText("页面不存在")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("navigation", { name: "主导航" })).toBeInTheDocument());
  });
});
