import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { Toasts } from "@/shared/ui/Toasts";
import { FeedbackPage } from "./FeedbackPage";
import { FeedbackPanel } from "./FeedbackPanel";
import { InterviewForm } from "./InterviewForm";
import { answerOf, figuresOf, interviewOf } from "./testing/interviewOf";

const W = "/api/v1/w/demo";
const reader = workspaceOf({ permissions: ["export"] });

describe("满意度与反馈 (FBK-01)", () => {
  const answers = [answerOf(), answerOf({ score: 5, scale: "csat", bad: false, text: "", at: "2011-08-01T00:00:00Z" })];
  const panel = (workspace = workspaceOf(), onInterview = vi.fn()) => {
    renderUi(
      <>
        <FeedbackPanel customerId={7} onInterview={onInterview} />
        <Toasts />
      </>,
      { workspace },
    );
    return onInterview;
  };

  it("shows the answers with the bad ones marked, and the trend", async () => {
    serve({ [`GET ${W}/customers/7/feedback`]: { answers, mean: 40, change: -30, n: 2 } });
    panel();
    expect(await screen.findByText("近三次 40 分（满分 100）")).toBeInTheDocument();
    expect(screen.getByText("比之前低 30")).toHaveClass("feedback-bad");
    expect(screen.getByRole("img", { name: "满意度走势" })).toBeInTheDocument();
    const [bad, good] = screen.getAllByRole("listitem");
    expect(bad).toHaveTextContent("4 推荐意愿（0–10）差评");
    expect(bad).toHaveTextContent("太慢");
    expect(good).toHaveTextContent("5 满意度（1–5）");
    expect(good).not.toHaveTextContent("差评");
  });

  it("copies a link to ask with", async () => {
    const asked = serve({
      [`GET ${W}/customers/7/feedback`]: { answers: [], mean: null, change: null, n: 0 },
      [`POST ${W}/customers/7/feedback-link`]: { url: "https://liuke.test/s/abc" },
    });
    document.execCommand = vi.fn(() => true);
    panel();
    expect(await screen.findByText("还没有反馈")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "邀请反馈" }));
    await userEvent.click(screen.getByRole("button", { name: "复制推荐问卷链接" }));
    expect(await screen.findByText(/链接已复制/)).toBeInTheDocument();
    expect(sent(asked, `POST ${W}/customers/7/feedback-link`)).toEqual([{ what: "nps" }]);
  });

  it("opens the interview from its menu", async () => {
    serve({ [`GET ${W}/customers/7/feedback`]: { answers: [], mean: null, change: null, n: 0 } });
    const opened = panel();
    await userEvent.click(await screen.findByRole("button", { name: "邀请反馈" }));
    await userEvent.click(screen.getByRole("button", { name: "登记离开访谈" }));
    expect(opened).toHaveBeenCalledOnce();
  });

  it("is not there for those who may only read where nothing was said", async () => {
    const asked = serve({ [`GET ${W}/customers/7/feedback`]: { answers: [], mean: null, change: null, n: 0 } });
    panel(reader);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByRole("region", { name: "满意度与反馈" })).not.toBeInTheDocument();
  });
});

describe("离开访谈", () => {
  const open = (onClose = vi.fn()) => {
    renderUi(
      <>
        <InterviewForm customerId={7} open onClose={onClose} />
        <Toasts />
      </>,
    );
    return onClose;
  };

  it("is filled by taps and words", async () => {
    const asked = serve({
      [`GET ${W}/exit-interviews/figures`]: figuresOf(),
      [`POST ${W}/customers/7/exit-interview`]: interviewOf(),
    });
    const closed = open();
    const dialog = within(await screen.findByRole("dialog", { name: "离开访谈" }));
    await userEvent.click(await dialog.findByRole("radio", { name: "价格" }));
    expect(dialog.getByRole("button", { name: /保\s?存/ })).toBeDisabled();
    await userEvent.selectOptions(dialog.getByLabelText("具体原因"), "rise");
    await userEvent.click(dialog.getByRole("checkbox", { name: "更好的价格" }));
    await userEvent.click(dialog.getByRole("radio", { name: "不会" }));
    await fill("改用哪一家", "某宝");
    await fill("竞品价差（%）", "-20");
    await fill("经过", "连涨两次");
    await userEvent.click(dialog.getByRole("button", { name: /保\s?存/ }));
    expect(await screen.findByText("已登记，归因已更新")).toBeInTheDocument();
    expect(closed).toHaveBeenCalled();
    expect(sent(asked, `POST ${W}/customers/7/exit-interview`)[0]).toMatchObject({
      cause: "price",
      reason: "rise",
      competitor: "某宝",
      price: -20,
      kept_by: ["price"],
      would_return: "no",
      why: "连涨两次",
    });
  });

  it("tells a refusal and keeps what was typed", async () => {
    serve({
      [`GET ${W}/exit-interviews/figures`]: figuresOf(),
      [`POST ${W}/customers/7/exit-interview`]: refuse(422, "interview", "访谈内容不完整"),
    });
    const closed = open();
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(await dialog.findByRole("radio", { name: "服务" }));
    await userEvent.selectOptions(dialog.getByLabelText("具体原因"), "slow");
    await userEvent.click(dialog.getByRole("button", { name: /保\s?存/ }));
    expect(await screen.findByText("访谈内容不完整")).toBeInTheDocument();
    expect(closed).not.toHaveBeenCalled();
    expect(dialog.getByLabelText("具体原因")).toHaveValue("slow");
  });
});

describe("客户心声", () => {
  const page = (at = "/w/demo/feedback", workspace = workspaceOf()) =>
    renderUi(
      <>
        <FeedbackPage />
        <Toasts />
      </>,
      { at, path: "/w/:slug/feedback", workspace },
    );

  it("tells what interviews say by cause with n and interval, and lists them", async () => {
    serve({ [`GET ${W}/exit-interviews/figures`]: figuresOf(), [`GET ${W}/exit-interviews`]: pageOf([interviewOf()]) });
    page();
    expect(await screen.findByText("近一年 9 个流失客户，4 份访谈")).toBeInTheDocument();
    expect(screen.getByText("50%（1/2，95% 区间 9%–91%）")).toBeInTheDocument();
    expect(screen.getByText("提到的竞品：某宝 2")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "导出 Excel" })).toHaveAttribute("href", `${W}/exit-interviews/file.xlsx`);
    const row = await screen.findByRole("listitem", { name: "宁波瑞安" });
    expect(row).toHaveTextContent("价格 · 涨价");
    expect(row).toHaveTextContent("改用某宝 · 价差 -20% · 能留住：更好的价格 · 会否回来：不会");
    expect(row).toHaveTextContent("连涨两次");
  });

  it("filters by cause in the address", async () => {
    const asked = serve({
      [`GET ${W}/exit-interviews/figures`]: figuresOf(),
      [`GET ${W}/exit-interviews`]: pageOf([]),
    });
    page();
    expect(await screen.findByText("没有符合条件的访谈")).toBeInTheDocument();
    await userEvent.click(await screen.findByRole("button", { name: "服务" }));
    expect(address()).toContain("cause=service");
    await waitFor(() => expect(asked.some(({ query }) => query.get("cause") === "service")).toBe(true));
  });

  it("says where there are no interviews and what to do", async () => {
    serve({
      [`GET ${W}/exit-interviews/figures`]: figuresOf({ n: 0, causes: [], competitors: [] }),
      [`GET ${W}/exit-interviews`]: pageOf([]),
    });
    page();
    expect(await screen.findByText(/还没有访谈/)).toBeInTheDocument();
  });

  const pain = {
    topic: "delivery",
    label: "物流",
    customers: 12,
    money: 30_000,
    times: 19,
    lost: 3,
    team: "物流组",
    top: [{ id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false }],
    ticket_id: null,
  };

  it("hands a pain point to a team", async () => {
    const asked = serve({
      [`GET ${W}/pain-points`]: { since: "2011-06-01", items: [pain] },
      [`GET ${W}/ticket-routes`]: { routes: [], teams: [{ id: 4, name: "物流组" }], people: [] },
      [`POST ${W}/pain-points/ticket`]: { ...pain, ticket_id: 9 },
    });
    page("/w/demo/feedback?tab=pains");
    const row = await screen.findByRole("listitem", { name: "物流" });
    expect(row).toHaveTextContent("12 个客户，年贡献合计 £3 万，19 次，其中 3 个已流失");
    await userEvent.click(within(row).getByRole("button", { name: "把「物流」提给团队" }));
    const dialog = within(await screen.findByRole("dialog"));
    await dialog.findByRole("option", { name: "物流组" });
    await userEvent.selectOptions(dialog.getByLabelText("团队"), "4");
    await userEvent.click(dialog.getByRole("button", { name: "提给团队" }));
    expect(await screen.findByText("工单已建立")).toBeInTheDocument();
    expect(sent(asked, `POST ${W}/pain-points/ticket`)[0]).toMatchObject({ topic: "delivery", team_id: 4, days: 90 });
  });

  it("leads to the ticket, and offers nothing to those who only read", async () => {
    serve({ [`GET ${W}/pain-points`]: { since: "2011-06-01", items: [{ ...pain, ticket_id: 9 }] } });
    page("/w/demo/feedback?tab=pains", reader);
    expect(await screen.findByRole("link", { name: "查看工单" })).toHaveAttribute("href", "/w/demo/tickets/9");
    expect(screen.queryByRole("button", { name: /提给团队/ })).not.toBeInTheDocument();
  });

  it("asks for another time, and says what went wrong", async () => {
    const asked = serve({ [`GET ${W}/pain-points`]: refuse(500, "broken", "出错了") });
    page("/w/demo/feedback?tab=pains");
    expect(await screen.findByText(/出错了/)).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("时间范围"), "365");
    await waitFor(() => expect(asked.some(({ query }) => query.get("days") === "365")).toBe(true));
  });
});
