import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { jobOf, sessionOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { Home, rememberWorkspace, SignedIn, Visitor, WorkspaceHome } from "./gates";
import { navGroups } from "./navigation";
import { Shell } from "./Shell";

vi.mock("./pages", () => ({ pages: {}, prefetchPage: vi.fn() }));

const notice = (id: number, read_at: string | null) => ({
  id,
  text: `第 ${id} 条通知`,
  link: "/alerts/3",
  created_at: "2011-09-09T20:00:00Z",
  read_at,
});
const answers = {
  "GET /api/v1/w/demo/alerts/counts": {
    mine: 12,
    team: 0,
    all: 312,
    overdue: 0,
    high: 0,
    stock: 0,
    snoozed: 0,
    unassigned: 0,
    closed_7d: 0,
  },
  "GET /api/v1/w/demo/work-items/counts": { today: 1, week: 2, overdue: 0, done: 0, open: 9 },
  "GET /api/v1/w/demo/notices": { items: [notice(2, null), notice(1, "2011-09-09T21:00:00Z")], unread: 1 },
  "POST /api/v1/w/demo/notices/read": { ok: true },
  "GET /api/v1/w/demo/search": [
    { type: "customer", id: "101", title: "杭州云栖贸易有限公司", subtitle: "C-12001", link: "/customers/101" },
    { type: "page", id: "x", title: "不用服务器的页面", subtitle: "", link: "/x" },
  ],
};
const age = {
  until: "2011-09-09T20:00:00Z",
  waiting_rows: 12,
  late: true,
  sources: [
    { name: "订单库", until: "2011-09-09T20:00:00Z", state: "ok" },
    { name: "客服表", until: null, state: "stale" },
  ],
};
const open = (workspace = workspaceOf()) =>
  renderUi(<Shell />, { at: "/w/demo/dashboard", path: "/w/:slug/*", workspace });

describe("how old the facts are", () => {
  const live = workspaceOf({ is_simulated: false });

  it("stands where a sample has its clock, and names the source that is late", async () => {
    serve({ ...answers, "GET /api/v1/w/demo/data-age": age });
    open(live);
    await userEvent.click(await screen.findByRole("button", { name: /^数据截至 .*有来源落后$/ }));
    const panel = within(await screen.findByRole("dialog", { name: "数据截至" }));
    expect(panel.getByText(/另有 12 行/)).toBeInTheDocument();
    expect(panel.getByText("客服表").closest("li")).toHaveTextContent("还没有数据 · 已落后");
    expect(panel.getByText("订单库").closest("li")).not.toHaveTextContent("落后");
    expect(panel.getByRole("link", { name: "打开数据接入" })).toHaveAttribute("href", "/w/demo/data");
  });

  it("tells a day with the time unless it is today's, whenever the page was opened", async () => {
    const at = new Date(Date.now() - 1000).toISOString();
    serve({ ...answers, "GET /api/v1/w/demo/data-age": { until: at, waiting_rows: 0, late: false, sources: [] } });
    open(live);
    const chip = await screen.findByRole("button", { name: /^数据截至 \d\d:\d\d$/ });
    await userEvent.click(chip);
    expect(await screen.findByText(/数据来自导入的文件/)).toBeInTheDocument();
  });

  it("says so where nothing is connected, and links nobody to what is not theirs", async () => {
    const nothing = { until: null, waiting_rows: 0, late: false, sources: [] };
    serve({ ...answers, "GET /api/v1/w/demo/data-age": nothing });
    open({ ...live, permissions: ["alerts"] });
    await userEvent.click(await screen.findByRole("button", { name: "数据截至 还没有数据" }));
    expect(await screen.findByText("还没有接入数据源。")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "打开数据接入" })).not.toBeInTheDocument();
  });
});

describe("navigation", () => {
  it("counts what is open and marks where one is", async () => {
    serve(answers);
    open();
    const nav = within(screen.getByRole("navigation", { name: "主导航" }));
    expect(await nav.findByRole("link", { name: /预警中心\s*12\s*项待处理/ })).toHaveAttribute(
      "href",
      "/w/demo/alerts",
    );
    expect(nav.getByRole("link", { name: /我的任务\s*9/ })).toBeInTheDocument();
    expect(nav.getByRole("link", { name: "预警看板" })).toHaveAttribute("aria-current", "page");
  });

  it("hides from IT what IT may not see, and asks for no counts", () => {
    const asked = serve(answers);
    open(
      workspaceOf({ role: "it", scope: "none", permissions: ["sources", "channels", "import"], is_simulated: false }),
    );
    const nav = within(screen.getByRole("navigation", { name: "主导航" }));
    expect(nav.getAllByRole("link").map((link) => link.textContent)).toEqual([
      "留客",
      "数据接入",
      "数据就绪度",
      "设置",
    ]);
    expect(asked.some(({ path }) => path.includes("counts"))).toBe(false);
    expect(screen.queryByRole("button", { name: /时间机器/ })).not.toBeInTheDocument();
  });

  it("offers a way past itself for the keyboard", () => {
    serve(answers);
    open();
    expect(screen.getByRole("link", { name: "跳到正文" })).toHaveAttribute("href", "#main");
    expect(screen.getByRole("main")).toHaveAttribute("id", "main");
  });

  it("switches to another workspace", async () => {
    serve(answers);
    open();
    await userEvent.click(screen.getByRole("button", { name: /切换工作区/ }));
    const panel = within(screen.getByRole("dialog", { name: "切换工作区" }));
    expect(panel.getByRole("link", { name: /华东渠道/ })).toHaveAttribute("href", "/w/own");
    expect(panel.getByRole("link", { name: "新建工作区" })).toHaveAttribute("href", "/workspaces/new");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: /切换工作区/ })).toHaveFocus();
  });
});

describe("search by Ctrl K", () => {
  it("finds pages at once and customers while typing; arrows and Enter open", async () => {
    serve(answers);
    open();
    await userEvent.keyboard("{Control>}k{/Control}");
    const input = screen.getByRole("combobox", { name: "搜索客户、预警、页面" });
    expect(screen.getAllByRole("option")).toHaveLength(navGroups(workspaceOf()).flatMap(({ items }) => items).length);
    await userEvent.click(input);
    await userEvent.paste("客户");
    expect(await screen.findByRole("option", { name: /杭州云栖/ })).toHaveAttribute("aria-selected", "true");
    expect(screen.queryByRole("option", { name: /不用服务器/ })).not.toBeInTheDocument();
    await userEvent.keyboard("{ArrowDown}");
    expect(screen.getAllByRole("option")[1]).toHaveAttribute("aria-selected", "true");
    await userEvent.keyboard("{ArrowUp}{Enter}");
    await waitFor(() => expect(address()).toBe("/w/demo/customers/101"));
  });

  it("says when there is nothing", async () => {
    serve({ ...answers, "GET /api/v1/w/demo/search": [] });
    open();
    await userEvent.click(screen.getByRole("button", { name: "全局搜索" }));
    await userEvent.click(screen.getByRole("combobox"));
    await userEvent.paste("没有这家");
    expect(await screen.findByText(/没有找到/)).toBeInTheDocument();
  });
});

describe("the time machine", () => {
  const CLOCK = "POST /api/v1/w/demo/clock";

  it("plays days forward and shows how far it is", async () => {
    const asked = serve({ ...answers, [CLOCK]: jobOf(), "GET /api/v1/w/demo/jobs/5": jobOf({ progress: 0.5 }) });
    open();
    await userEvent.click(screen.getByRole("button", { name: "时间机器,工作区日期 2011-09-10" }));
    await userEvent.click(screen.getByRole("button", { name: "前进7天" }));
    expect(await screen.findByText("正在评分 2011-09-11")).toBeInTheDocument();
    expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
    expect(screen.getByRole("button", { name: "前进1天" })).toBeDisabled();
    expect(sent(asked, CLOCK)).toEqual([{ days: 7 }]);
  });

  it("stops at the end of the sample", async () => {
    serve(answers);
    open(workspaceOf({ now: "2011-12-07T00:00:00Z", clock_max: "2011-12-09T00:00:00Z" }));
    await userEvent.click(screen.getByRole("button", { name: /时间机器/ }));
    expect(screen.getByRole("button", { name: "前进1天" })).toBeEnabled();
    expect(screen.getByRole("button", { name: "前进7天" })).toBeDisabled();
  });

  it("is moved by those who may change the workspace", async () => {
    serve(answers);
    open(workspaceOf({ permissions: ["handle"] }));
    await userEvent.click(screen.getByRole("button", { name: /时间机器/ }));
    expect(screen.getByText("由管理员推进日期。")).toBeInTheDocument();
  });
});

describe("notifications", () => {
  class FakeEvents extends EventTarget {
    static last: FakeEvents | undefined;
    constructor(readonly url: string) {
      super();
      FakeEvents.last = this;
    }
    close = vi.fn();
  }
  beforeEach(() => vi.stubGlobal("EventSource", FakeEvents));

  it("are counted, listed, and marked read", async () => {
    const asked = serve(answers);
    open();
    await userEvent.click(await screen.findByRole("button", { name: "通知,1 条未读" }));
    expect(screen.getByRole("link", { name: /第 2 条通知/ })).toHaveAttribute("href", "/w/demo/alerts/3");
    await userEvent.click(screen.getByRole("button", { name: "全部已读" }));
    await waitFor(() => expect(sent(asked, "POST /api/v1/w/demo/notices/read")).toHaveLength(1));
  });

  it("arrive live: an event of the server reads the list again", async () => {
    const asked = serve(answers);
    const { unmount } = open();
    await screen.findByRole("button", { name: "通知,1 条未读" });
    const count = () => asked.filter(({ path }) => path.endsWith("/notices")).length;
    const before = count();
    expect(FakeEvents.last?.url).toBe("/events?workspace=demo");
    act(() => void FakeEvents.last?.dispatchEvent(new Event("notice")));
    await waitFor(() => expect(count()).toBe(before + 1));
    unmount();
    expect(FakeEvents.last?.close).toHaveBeenCalledOnce();
  });
});

describe("the gates", () => {
  const at = (element: React.ReactElement, path: string, change = {}) =>
    renderUi(element, { at: path, path, session: sessionOf(change) });

  it("lead to the first run, the log-in, the last workspace or a new one", () => {
    at(<Home />, "/", { needs_setup: true, me: null }).unmount();
    const where = (change: object) => {
      const { unmount } = at(<Home />, "/", change);
      const found = address();
      unmount();
      return found;
    };
    expect(where({ needs_setup: true, me: null })).toBe("/setup");
    expect(where({ me: null })).toBe("/login");
    expect(where({})).toBe("/w/demo");
    rememberWorkspace("own");
    expect(where({})).toBe("/w/own");
    expect(where({ workspaces: [] })).toBe("/workspaces/new");
  });

  it("keep strangers out and remember where they wanted to go", () => {
    renderUi(<SignedIn />, {
      at: "/w/demo/alerts?level=high",
      path: "/w/demo/alerts",
      session: sessionOf({ me: null }),
    });
    expect(address()).toBe("/login?next=%2Fw%2Fdemo%2Falerts%3Flevel%3Dhigh");
  });

  it("do not run the first run twice", () => {
    at(<Visitor />, "/setup");
    expect(address()).toBe("/");
  });

  it("open a workspace where the role works", () => {
    renderUi(<WorkspaceHome />, { at: "/w/demo", path: "/w/:slug", workspace: workspaceOf({ scope: "none" }) });
    expect(address()).toBe("/w/demo/data");
  });
});
