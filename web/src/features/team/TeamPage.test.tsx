import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { asPhone } from "@/shared/list/testing/asPhone";
import { workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { TeamPage } from "./TeamPage";
import { dayItemOf, dayOf, dayRowOf, teamOf, teamRowOf, unheard } from "./testing/teamOf";

const BOARD = "/api/v1/w/demo/team-board";
const DAY = `${BOARD}/day`;
const li = teamRowOf({
  person: { id: 3, name: "李强", team: null },
  away: true,
  open: {},
  overdue: 0,
  silent: 0,
  handled: unheard(),
});
const open = (at = "/w/demo/team", workspace = workspaceOf()) =>
  renderUi(
    <>
      <TeamPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/team", workspace },
  );
const lineOf = async (name: string) => (await screen.findByRole("rowheader", { name: new RegExp(name) })).closest("tr");

describe("RPT-03 晨会", () => {
  it("says per person what is open, late and silent, and how alerts were answered", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([teamRowOf(), li]) });
    open();
    const line = await lineOf("王芳");
    expect(line).toHaveTextContent("中位 3.5 小时");
    expect(line).toHaveTextContent("已回应 8/10");
    expect(line).toHaveTextContent("75%（6/8）");
    expect(line).toHaveTextContent("有效 6 · 太晚 1 · 已知 1 · 误报 2");
    expect(line).toHaveTextContent("95% 区间 45%–94%，n=9");
    expect(screen.getByText(/响应时间：从通知负责人/)).toBeInTheDocument();
  });

  it("leads to the alerts of a level and to overdue tasks", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([teamRowOf()]) });
    open();
    const high = await screen.findByRole("link", { name: "王芳的高危预警：2 条" });
    expect(high).toHaveAttribute("href", "/w/demo/alerts?chip=all&level=high&owner=2");
    expect(screen.getByRole("link", { name: "王芳的超时任务：4 项" })).toHaveAttribute(
      "href",
      "/w/demo/tasks?view=overdue&scope=all&owner=2",
    );
    expect(screen.queryByRole("link", { name: /初级预警/ })).not.toBeInTheDocument();
  });

  it("marks who is away and shows words instead of numbers that there are not", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([teamRowOf(), li]) });
    open();
    const line = await lineOf("李强");
    expect(line).toHaveTextContent("离开，由他人代办");
    expect(line).toHaveTextContent("没有通知过预警");
    expect(line).toHaveTextContent("没有判定");
  });

  it("adds up in a last line, with the server's median", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([teamRowOf(), li], { unowned: 7 }) });
    open();
    const total = await lineOf("合计");
    expect(total).toHaveTextContent("高危预警 2");
    expect(total).toHaveTextContent("中位 5 小时");
    expect(screen.getByRole("link", { name: "另有 7 条预警没有负责人" })).toHaveAttribute(
      "href",
      "/w/demo/alerts?chip=unassigned",
    );
  });

  it("sorts by a column and keeps it in the address", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([li, teamRowOf()]) });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "超时任务" }));
    expect(address()).toBe("/w/demo/team?sort=-overdue");
    const first = () => screen.getAllByRole("rowheader")[0];
    expect(first()).toHaveTextContent("王芳");
    await userEvent.click(screen.getByRole("button", { name: "超时任务" }));
    expect(first()).toHaveTextContent("李强");
    expect(screen.getByRole("columnheader", { name: "超时任务" })).toHaveAttribute("aria-sort", "ascending");
  });

  it("names the silent high-value customers of a person", async () => {
    const silent = {
      customer: { id: 8, key: "C8", name: "华东灯具", name_is_sample: false },
      owner: { id: 2, name: "王芳", team: null },
      score: 75,
      level: "medium",
      annual_value: 12_000,
      last_contact_at: null,
    };
    const asked = serve({ [`GET ${BOARD}`]: teamOf([teamRowOf()]), [`GET ${BOARD}/silent`]: [silent] });
    open();
    await userEvent.click(await screen.findByRole("button", { name: /王芳：1 位高价值客户/ }));
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByRole("link", { name: "华东灯具" })).toHaveAttribute(
      "href",
      "/w/demo/customers/8",
    );
    expect(drawer).toHaveTextContent("没有联系记录");
    expect(drawer).toHaveTextContent("风险分,越高越危险");
    expect(asked.find(({ path }) => path === `${BOARD}/silent`)?.query.get("owner")).toBe("2");
  });

  it("is sorted by a choice on the phone", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([li, teamRowOf()]) });
    asPhone();
    open();
    await userEvent.selectOptions(await screen.findByLabelText("排序"), "-overdue");
    expect(screen.getAllByRole("rowheader")[0]).toHaveTextContent("王芳");
  });

  it("is printed as it stands", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([teamRowOf()]) });
    const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
    open();
    await userEvent.click(await screen.findByRole("button", { name: "打印" }));
    expect(print).toHaveBeenCalledOnce();
  });

  it("says when there is nobody, and when it could not be loaded", async () => {
    serve({ [`GET ${BOARD}`]: teamOf([]) });
    const { unmount } = open();
    expect(await screen.findByText("没有可以查看的成员")).toBeInTheDocument();
    unmount();
    serve({ [`GET ${BOARD}`]: refuse(500, "broken", "出错了") });
    open();
    expect(await screen.findByText(/出错了/)).toBeInTheDocument();
  });
});

describe("BEY-11 今日名单", () => {
  const promised = dayItemOf({
    alert_id: 32,
    promised: true,
    expected_loss: 90,
    customer: { id: 8, key: "C8", name: "华东灯具", name_is_sample: false },
  });
  const full = dayRowOf({
    used: 90,
    chosen: [promised, dayItemOf()],
    left: [dayItemOf({ alert_id: 33, customer: { id: 9, key: "C9", name: "苏南五金", name_is_sample: false } })],
    left_counts: { no_time: 1, snoozed: 2 },
  });
  const at = "/w/demo/team?tab=day";

  it("lists who is worth the minutes and says who is not on the list", async () => {
    serve({ [`GET ${DAY}`]: dayOf([full]) });
    open(at);
    const list = await screen.findByRole("list", { name: "王芳" });
    const [first, second] = within(list).getAllByRole("listitem");
    expect(first).toHaveTextContent("华东灯具");
    expect(first).toHaveTextContent("已约定");
    expect(second).toHaveTextContent("45 分钟");
    expect(second).not.toHaveTextContent("已约定");
    expect(screen.getByText("已排 90/120 分钟")).toBeInTheDocument();
    expect(screen.getByText("未列入 3 位")).toHaveTextContent("时间不够 1 · 静置中 2");
    expect(screen.getByRole("link", { name: "苏南五金" })).toHaveAttribute("href", "/w/demo/customers/9");
    expect(screen.getByText(/挽回流程测出实际效果之前/)).toBeInTheDocument();
  });

  it("changes a person's minutes, with undo", async () => {
    const path = `${BOARD}/members/2/minutes`;
    const asked = serve({ [`GET ${DAY}`]: dayOf([full]), [`PUT ${path}`]: dayOf([full]) });
    open(at);
    await userEvent.click(await screen.findByRole("button", { name: "修改工时：王芳" }));
    const field = await screen.findByLabelText("每个工作日的分钟数");
    await userEvent.clear(field);
    await userEvent.type(field, "60");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `PUT ${path}`)).toEqual([{ minutes: 60 }, { minutes: null }]));
    expect(asked.filter((call) => call.method === "GET" && call.path === DAY).length).toBeGreaterThan(1);
  });

  it("gives a person the workspace's minutes again", async () => {
    const path = `${BOARD}/members/2/minutes`;
    const asked = serve({ [`GET ${DAY}`]: dayOf([dayRowOf({ own_minutes: true })]), [`PUT ${path}`]: dayOf([]) });
    open(at);
    await userEvent.click(await screen.findByRole("button", { name: "修改工时：王芳" }));
    await userEvent.click(await screen.findByRole("button", { name: "恢复默认" }));
    await waitFor(() => expect(sent(asked, `PUT ${path}`)).toEqual([{ minutes: null }]));
  });

  it("changes what customers take, and shows what was wrong with it", async () => {
    const faults = [{ where: "minutes.high", message: "应为 5–480" }];
    const asked = serve({
      [`GET ${DAY}`]: dayOf([full]),
      [`PUT ${BOARD}/efforts`]: refuse(422, "capacity", "工时设置不对", faults),
    });
    open(at);
    await userEvent.click(await screen.findByRole("button", { name: "修改用时" }));
    const field = await screen.findByLabelText("每人每天（分钟）");
    await userEvent.clear(field);
    await userEvent.type(field, "240");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("应为 5–480");
    expect(sent(asked, `PUT ${BOARD}/efforts`)).toEqual([
      { minutes: { high: 45, medium: 30, early: 15 }, per_day: 240 },
    ]);
  });

  it("offers no change to those who may not", async () => {
    serve({ [`GET ${DAY}`]: dayOf([full]) });
    open(at, workspaceOf({ role: "analyst", permissions: ["export"], membership_id: 9 }));
    await screen.findByRole("list", { name: "王芳" });
    expect(screen.queryByRole("button", { name: /修改/ })).not.toBeInTheDocument();
  });

  it("narrows to the reader's own list, and has no choice for who sees only that", async () => {
    const asked = serve({ [`GET ${DAY}`]: dayOf([full]) });
    const { unmount } = open(at);
    await userEvent.click(await screen.findByRole("button", { name: "我的" }));
    await waitFor(() => expect(asked.at(-1)?.query.get("own")).toBe("true"));
    unmount();
    open(at, workspaceOf({ scope: "own", role: "manager", permissions: ["handle"], membership_id: 2 }));
    await screen.findByRole("list", { name: "王芳" });
    expect(screen.queryByRole("button", { name: "我的" })).not.toBeInTheDocument();
  });

  it("says who is away and that nobody is to be called", async () => {
    const away = dayRowOf({ away: true, minutes: 0, used: 0, chosen: [] });
    serve({ [`GET ${DAY}`]: dayOf([away, dayRowOf({ person: { id: 3, name: "李强", team: null }, chosen: [] })]) });
    open(at);
    expect(await screen.findByText("离开中，名单由代办人处理")).toBeInTheDocument();
    expect(screen.getByText("今天没有要跟进的客户")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "修改工时：王芳" })).not.toBeInTheDocument();
  });
});
