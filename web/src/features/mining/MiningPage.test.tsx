import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { address, renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { CheckupPage } from "./CheckupPage";
import { MiningPage } from "./MiningPage";

const PATH = "/api/v1/w/demo/mining";
const plain = {
  id: 7,
  kind: "rules",
  status: "done",
  progress: 1,
  job: null,
  error: null,
  file: "",
  created_at: "2026-11-20T08:00:00Z",
  finished_at: "2026-11-20T08:01:00Z",
  rules: null,
  missed: null,
  clusters: null,
  links: null,
};
const rule = {
  sentences: [{ depth: 0, text: "多久没下单 大于等于 60 天", place: "when.all.0" }],
  document: { when: { all: [] }, exclude: null },
  n: 50,
  hits: 30,
  rate: 0.6,
  low: 0.46,
  high: 0.72,
  base: 0.3,
  lift: 2,
  adjusted: 0.001,
  found_rate: 0.65,
  found_n: 200,
  backtest: null,
};
const rules = {
  rules: [rule],
  tested: 12,
  found_rows: 900,
  proof_rows: 300,
  horizon_days: 90,
  found_until: "2026-03-01",
  proof_from: "2026-06-01",
};
const missed = {
  losses: 5,
  alerted: 2,
  silent: 1,
  money: 900,
  replayed: true,
  watch_score: 50,
  by_score: [{ at: 45, caught: 1, more_alerts: 4 }],
  by_signal: [
    { signal: "SIG-05", name: "互动连续下降", spoke: 2, thresholds: [{ at: 0.4, caught: 2, more_alerts: 3 }] },
  ],
  listed: [
    {
      customer_id: 3,
      key: "C3",
      name: "丙公司",
      lost_on: "2026-08-01",
      annual_value: 800,
      score: 45,
      more_alerts: 4,
      signals: [{ signal: "SIG-05", name: "互动连续下降", strength: 0.4, more_alerts: 3 }],
    },
  ],
};
const clusters = {
  silhouette: 0.4,
  customers: 90,
  clusters: [
    {
      name: "高额突停型",
      customers: 30,
      share: 0.33,
      money: 90000,
      traits: [{ column: "order_amount_365", label: "近一年订单额", deviation: 1.2, median: 3000, all_median: 500 }],
      signals: ["订单骤停（80%，全部流失客户中 40%）"],
      examples: [],
    },
  ],
};
const link = {
  text: "买过「茶壶」并且退过「茶壶」的客户：40 家中 70% 流失（全部客户 30%）",
  items: ["a", "b"],
  n: 40,
  lost: 28,
  support: 0.04,
  confidence: 0.7,
  low: 0.55,
  high: 0.82,
  base: 0.3,
  lift: 2.3,
  adjusted: 0.01,
};

const open = (tab = "") =>
  renderUi(<MiningPage />, { at: `/w/demo/mining${tab && `?tab=${tab}`}`, path: "w/:slug/mining" });

afterEach(() => vi.unstubAllGlobals());

describe("BEY-12 candidate rules", () => {
  it("are sentences with their proof beside chance, and one click makes a draft", async () => {
    serve({
      [`GET ${PATH}`]: [plain],
      [`GET ${PATH}/7`]: { ...plain, rules },
      [`POST ${PATH}/7/adopt`]: { rule_id: 31 },
    });
    open();
    expect(await screen.findByText("多久没下单 大于等于 60 天")).toBeInTheDocument();
    expect(screen.getByText(/命中 50 家，流失 30 家，60% \[46%–72%\]；随机 30%，2.0 倍/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "采纳为规则草稿" }));
    await waitFor(() => expect(address()).toBe("/w/demo/rules/31"));
  });

  it("say so where none stood", async () => {
    serve({ [`GET ${PATH}`]: [plain], [`GET ${PATH}/7`]: { ...plain, rules: { ...rules, rules: [] } } });
    open();
    expect(await screen.findByText("没有站得住的规则")).toBeInTheDocument();
  });

  it("show how far a search is and can be stopped", async () => {
    const going = { ...plain, status: "running", progress: 0.4 };
    serve({ [`GET ${PATH}`]: [going], [`GET ${PATH}/7`]: going });
    open();
    expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
    expect(screen.getByRole("button", { name: "停止" })).toBeEnabled();
    expect(screen.getByRole("button", { name: "重新挖掘" })).toBeDisabled();
  });

  it("begin where nobody looked yet", async () => {
    serve({ [`GET ${PATH}`]: [] });
    open();
    expect(await screen.findByText("还没有挖掘过")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "开始挖掘" })).toBeEnabled();
  });
});

describe("what else the past tells", () => {
  it("BEY-04 lists losses without an alert with what spoke and what it would have cost", async () => {
    serve({ [`GET ${PATH}`]: [plain], [`GET ${PATH}/7`]: { ...plain, kind: "missed", missed } });
    open("missed");
    expect(await screen.findByRole("link", { name: "丙公司" })).toHaveAttribute("href", "/w/demo/customers/3");
    expect(screen.getByRole("link", { name: "互动连续下降" })).toHaveAttribute("href", "/w/demo/signals/SIG-05");
    expect(screen.getByText("强度 40% 起：多看到 2 家，多 3 条预警")).toBeInTheDocument();
  });

  it("ML-03 names kinds of leavers with their money", async () => {
    serve({ [`GET ${PATH}`]: [plain], [`GET ${PATH}/7`]: { ...plain, kind: "clusters", clusters } });
    open("clusters");
    expect(await screen.findByRole("heading", { name: "高额突停型" })).toBeInTheDocument();
    expect(screen.getByText("近一年订单额：中位数 3000，全部流失客户 500")).toBeInTheDocument();
  });

  it("ML-03 shows associations with interval and lift", async () => {
    serve({
      [`GET ${PATH}`]: [plain],
      [`GET ${PATH}/7`]: { ...plain, kind: "links", links: { links: [link], tested: 99, customers: 1000 } },
    });
    open("links");
    expect(await screen.findByText(/买过「茶壶」并且退过/)).toBeInTheDocument();
    expect(screen.getByText("70% [55%–82%]")).toBeInTheDocument();
  });
});

describe("BEY-13 流失体检", () => {
  it("offers the report to open, to download and to forget", async () => {
    serve({ [`GET ${PATH}/9`]: { ...plain, id: 9, kind: "checkup", file: "订单.csv" } });
    renderUi(<CheckupPage />, { at: "/w/demo/checkup/9", path: "w/:slug/checkup/:runId?" });
    const report = await screen.findByRole("link", { name: "打开报告" });
    expect(report).toHaveAttribute("href", "/api/v1/w/demo/checkups/9/report.html?mask=false");
    await userEvent.click(screen.getByRole("checkbox", { name: "隐去客户名称" }));
    expect(screen.getByRole("link", { name: "下载报告" })).toHaveAttribute(
      "href",
      expect.stringContaining("mask=true"),
    );
    expect(screen.getByRole("button", { name: "删除报告" })).toBeEnabled();
  });

  it("begins with a file", async () => {
    serve({});
    renderUi(<CheckupPage />, { at: "/w/demo/checkup", path: "w/:slug/checkup/:runId?" });
    expect(await screen.findByRole("button", { name: "选择订单文件" })).toBeEnabled();
  });
});
