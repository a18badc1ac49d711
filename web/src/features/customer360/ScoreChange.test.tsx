import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { fill } from "@/shared/testing/fill";
import { jobOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { OverrideForm } from "./OverrideForm";
import { RiskPanel } from "./RiskPanel";
import { ScoreChange } from "./ScoreChange";
import { customerOf, scoreOf } from "./testing/customerOf";

const CUSTOMER = "/api/v1/w/demo/customers/7";
const point = (at: string, score: number): Schemas["ScorePoint"] => ({ at, score, level: "early", version: 1 });
const points = [
  point("2026-01-01T00:00:00Z", 50),
  point("2026-01-08T00:00:00Z", 55),
  point("2026-01-15T00:00:00Z", 70),
];
const change: Schemas["ScoreChangeOut"] = {
  start: "2026-01-01T00:00:00Z",
  end: "2026-01-15T00:00:00Z",
  before: 50,
  after: 70,
  version_before: 1,
  version_after: 2,
  parts: [
    { key: "behaviour", text: "客户行为", points: 26 },
    { key: "configuration", text: "评分设置", points: -6 },
    { key: "stale", text: "数据过期或缺失", points: 0 },
    { key: "version", text: "产品或模型版本", points: 0 },
  ],
  lines: [
    { part: "behaviour", code: "SIG-20", text: "下单金额下降", before: 10, after: 36 },
    { part: "configuration", code: "base", text: "基础分", before: 28, after: 22 },
  ],
  stale_signals: ["互动连续下降"],
  notes: ["标签按当时保存的计入"],
};

describe("BEY-05 why the score changed", () => {
  it("names the four causes with their points, which add up, and the reasons behind them", async () => {
    const asked = serve({ [`GET ${CUSTOMER}/score-change`]: change });
    renderUi(<ScoreChange customerId={7} points={points} />);
    expect(await screen.findByText(/50 → 70（变化 \+20）/)).toBeInTheDocument();
    const behaviour = screen.getByText("客户行为").closest("li");
    expect(behaviour).toHaveTextContent("+26");
    expect(behaviour).toHaveTextContent("下单金额下降10 → 36");
    expect(screen.getByText("评分设置").closest("li")).toHaveTextContent("−6");
    expect(screen.getByText(/从第 1 版变为第 2 版/)).toBeInTheDocument();
    expect(screen.getByText(/互动连续下降/)).toBeInTheDocument();
    expect(screen.getByText("标签按当时保存的计入")).toBeInTheDocument();
    expect(asked.at(-1)?.query.get("from")).toBe("2026-01-01T00:00:00Z");
  });

  it("compares the scorings that one chooses", async () => {
    const asked = serve({ [`GET ${CUSTOMER}/score-change`]: change });
    renderUi(<ScoreChange customerId={7} points={points} />);
    await screen.findByText("客户行为");
    await userEvent.selectOptions(screen.getByLabelText("从"), "2026-01-08T00:00:00Z");
    await waitFor(() => expect(asked.at(-1)?.query.get("from")).toBe("2026-01-08T00:00:00Z"));
    const later = within(screen.getByLabelText("到")).getAllByRole("option");
    expect(later.map((option) => option.getAttribute("value"))).toEqual(["2026-01-15T00:00:00Z"]);
  });

  it("says why there is nothing to compare", async () => {
    serve({ [`GET ${CUSTOMER}/score-change`]: refuse(404, "score_not_at", "2026-01-01 没有这家客户的评分") });
    renderUi(<ScoreChange customerId={7} points={points} />);
    expect(await screen.findByText("2026-01-01 没有这家客户的评分")).toBeInTheDocument();
  });
});

describe("人工调整", () => {
  const BASE = `${CUSTOMER}/score-overrides`;
  const open = () => renderUi(<OverrideForm customerId={7} score={92} open onClose={vi.fn()} />);

  it("is sent with its reason and its end, and says what the score will be", async () => {
    const asked = serve({
      [`POST ${BASE}`]: jobOf({ status: "queued" }),
      "GET /api/v1/w/demo/jobs/5": jobOf({ status: "done" }),
    });
    open();
    expect(await screen.findByRole("button", { name: "保存" })).toBeDisabled();
    await fill("加减多少分", "-30");
    await fill("原因", "刚签了新合同");
    await userEvent.tab();
    expect(screen.getByText("调整后约 62 分")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${BASE}`)).toMatchObject([{ fixed: false, value: -30, reason: "刚签了新合同" }]),
    );
  });

  it("shows what the server refuses", async () => {
    const faults = [{ where: "until", message: "到期时间须晚于今天" }];
    serve({ [`POST ${BASE}`]: refuse(422, "score_override", "人工调整有误", faults) });
    open();
    await userEvent.click(await screen.findByRole("radio", { name: "固定分数" }));
    await fill("固定为", "40");
    await fill("原因", "老客户");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("到期时间须晚于今天");
  });
});

describe("BEY-06 the confidence", () => {
  it("says in words what lowers it, and an adjustment stands beside the score", () => {
    const override: Schemas["OverrideOut"] = {
      id: 1,
      customer: { id: 7, key: "12346", name: "宁波瑞安", name_is_sample: false },
      fixed: true,
      value: 40,
      reason: "刚拜访过",
      since: "2026-01-01T00:00:00Z",
      until: "2026-02-01T00:00:00Z",
      ended_at: null,
      holds: true,
      created_by: { id: 1, name: "林晓雯", team: null },
      ended_by: null,
    };
    const score = scoreOf({ confidence: 0.42, confidence_why: ["数据停在 9 天前"], override });
    renderUi(<RiskPanel customer={customerOf({ score })} onEvidence={vi.fn()} />);
    expect(screen.getByText("42%")).toBeInTheDocument();
    expect(screen.getByText("数据停在 9 天前")).toBeInTheDocument();
    expect(screen.getByText("人工固定为 40 分")).toBeInTheDocument();
    expect(screen.getByText(/刚拜访过 · 林晓雯 · 至 2026-02-01 自动结束/)).toBeInTheDocument();
  });
});
