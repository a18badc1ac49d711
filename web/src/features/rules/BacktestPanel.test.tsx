import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { jobOf } from "@/shared/testing/fixtures";
import { address, renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { BacktestPanel, type BacktestSubject } from "./BacktestPanel";
import { backtestOf, figuresOf, interval } from "./testing/backtestOf";
import { ruleDocument } from "./testing/fixtures";

const BASE = "/api/v1/w/demo/backtests";
const subject: BacktestSubject = { kind: "rule", rule: ruleDocument, rule_id: 7 };
const open = (of: BacktestSubject | null = subject, at = "/w/demo/rules/7") =>
  renderUi(<BacktestPanel subject={of} />, { at, path: "w/:slug/rules/:id" });

describe("BEY-01 the backtest of a rule", () => {
  it("says that there is none yet, and runs one with the settings", async () => {
    const asked = serve({
      [`GET ${BASE}`]: [],
      [`POST ${BASE}`]: { id: 5, job: jobOf() },
      [`GET ${BASE}/5`]: backtestOf(),
    });
    open();
    expect(await screen.findByRole("heading", { name: "还没有回测过" })).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByLabelText("频率"), "week");
    await userEvent.click(screen.getByRole("button", { name: "开始回测" }));
    expect(await screen.findByRole("table", { name: "回测结果" })).toBeInTheDocument();
    expect(sent(asked, `POST ${BASE}`)).toEqual([{ subject, every: "week" }]);
    expect(address()).toContain("backtest=5");
  });

  it("shows every figure with its interval and n, beside the base rate and the live version", async () => {
    serve({
      [`GET ${BASE}`]: [backtestOf()],
      [`GET ${BASE}/5`]: backtestOf({ live: figuresOf({ precision: interval(0.4) }) }),
    });
    open();
    const table = await screen.findByRole("table", { name: "回测结果" });
    expect(within(table).getByRole("row", { name: /准确率.*45% \(36%–54%\) n=240.*40%/ })).toBeInTheDocument();
    expect(within(table).getByRole("row", { name: /流失基准率.*20%/ })).toBeInTheDocument();
    expect(within(table).getByRole("row", { name: /提升倍数.*2\.3 倍/ })).toBeInTheDocument();
    expect(within(table).getByRole("row", { name: /提前天数.*62 天/ })).toBeInTheDocument();
    expect(within(table).getByRole("row", { name: /每位负责人每周.*1\.4/ })).toBeInTheDocument();
    expect(within(table).getByRole("columnheader", { name: "生效版本" })).toBeInTheDocument();
  });

  it("names who was caught and who was missed, with links, a page at a time", async () => {
    serve({ [`GET ${BASE}`]: [backtestOf()], [`GET ${BASE}/5`]: backtestOf() });
    open();
    expect(await screen.findByRole("link", { name: "Customer 101" })).toHaveAttribute("href", "/w/demo/customers/101");
    expect(screen.queryByRole("link", { name: "Customer 112" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "再显示 2 位" }));
    expect(screen.getByRole("link", { name: "Customer 112" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "漏掉 499" }));
    expect(screen.getByRole("link", { name: "Customer 201" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "误报 0" }));
    expect(screen.getByText("没有误报")).toBeInTheDocument();
  });

  it("has the chart's numbers as a table too, and names fields without history", async () => {
    serve({
      [`GET ${BASE}`]: [backtestOf()],
      [`GET ${BASE}/5`]: backtestOf({ without_history: ["城市"], notes: ["按整月计算"] }),
    });
    open();
    expect(await screen.findByRole("row", { name: "2011-02-01 1,800 120 50 300" })).toBeInTheDocument();
    expect(screen.getByText(/以下字段只知道今天的值.*城市/)).toBeInTheDocument();
    expect(screen.getByText("按整月计算")).toBeInTheDocument();
  });

  it("shows progress and stops on demand", async () => {
    let cancelled = false;
    const asked = serve({
      [`GET ${BASE}`]: [backtestOf({ status: "running" })],
      [`GET ${BASE}/5`]: () => backtestOf(cancelled ? { status: "cancelled" } : { status: "running", progress: 0.4 }),
      [`POST ${BASE}/5/cancel`]: () => {
        cancelled = true;
        return backtestOf({ status: "cancelled" });
      },
    });
    open();
    expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
    await userEvent.click(screen.getByRole("button", { name: "停止" }));
    expect(await screen.findByRole("heading", { name: "回测已停止" })).toBeInTheDocument();
    expect(sent(asked, `POST ${BASE}/5/cancel`)).toHaveLength(1);
  });

  it("is honest when the past is too short, when it failed, and when the question is refused", async () => {
    serve({
      [`GET ${BASE}`]: [backtestOf()],
      [`GET ${BASE}/5`]: backtestOf({ figures: null, origins: 0, by_origin: [] }),
    });
    const { unmount } = open();
    expect(await screen.findByRole("heading", { name: "历史不够，无法回测" })).toBeInTheDocument();
    unmount();
    const error = { code: "x", message: "内存不足", params: {}, faults: [], request_id: "" };
    serve({
      [`GET ${BASE}`]: [backtestOf()],
      [`GET ${BASE}/5`]: backtestOf({ status: "failed", error }),
      [`POST ${BASE}`]: refuse(422, "rule", "规则有误"),
    });
    open();
    expect(await screen.findByText("内存不足")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "重新回测" }));
    expect(await screen.findByText("规则有误")).toBeInTheDocument();
  });

  it("says when the conditions were changed since, and asks nothing for half a rule", async () => {
    const asked = serve({ [`GET ${BASE}`]: [backtestOf()], [`GET ${BASE}/5`]: backtestOf() });
    const { unmount } = open({ ...subject, rule: { when: { all: [] }, exclude: null } });
    expect(await screen.findByText(/条件在这次回测之后改过/)).toBeInTheDocument();
    unmount();
    open(null);
    expect(screen.getByRole("button", { name: "开始回测" })).toBeDisabled();
    await waitFor(() => expect(sent(asked, `POST ${BASE}`)).toEqual([]));
  });
});
