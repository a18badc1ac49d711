import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, serve } from "@/shared/testing/server";
import { ChancesPanel } from "./ChancesPanel";
import { ReasonList } from "./ReasonList";
import { chancesOf } from "./testing/chancesOf";

vi.mock("@/shared/ui/Chart", () => ({
  Chart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const PATH = "GET /api/v1/w/demo/customers/7/chances";
const open = (answer: unknown) => {
  serve({ [PATH]: answer });
  renderUi(<ChancesPanel customerId={7} />, { at: "/w/demo/customers/7", path: "/w/:slug/customers/:customerId" });
};

afterEach(() => vi.unstubAllGlobals());

describe("BEY-10 流失概率与时间", () => {
  it("tells the chance, when, the money, and what became of similar customers", async () => {
    open(chancesOf());
    const panel = within(await screen.findByRole("region", { name: "流失概率与时间" }));
    expect(await panel.findByText("从今天起 90 天都不再来的概率")).toBeInTheDocument();
    expect(panel.getByText("62%")).toBeInTheDocument();
    expect(panel.getByText("£7,440")).toBeInTheDocument();
    expect(panel.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "30 天内开始流失66%",
      "60 天内开始流失70%",
      "90 天内开始流失73%",
    ]);
    expect(panel.getByRole("img", { name: "流失概率随时间：今天 62%，90 天后 73%" })).toBeInTheDocument();
    expect(panel.getByText(/200 家客户中，126 家流失/)).toBeInTheDocument();
    expect(panel.getByText(/约为全部客户的 1.5 倍/)).toBeInTheDocument();
    expect(panel.getByText(/由第 3 版模型得出/)).toBeInTheDocument();
    expect(panel.getByText(/不代表因果/)).toBeInTheDocument();
  });

  it("says why there is nothing in rules mode", async () => {
    open(
      chancesOf({
        mode: "rules",
        why_not: "当前是规则模式",
        probability: null,
        by: [],
        curve: [],
        similar: null,
        model: null,
      }),
    );
    expect(await screen.findByText("当前是规则模式")).toBeInTheDocument();
    expect(screen.getByText("规则模式")).toBeInTheDocument();
    expect(screen.queryByText("风险金额")).not.toBeInTheDocument();
  });

  it("speaks of days from now on where a loss is an event and no silence", async () => {
    open(chancesOf({ from_today: false }));
    expect(await screen.findByText("90 天内流失的概率")).toBeInTheDocument();
    expect(screen.getByText("30 天后")).toBeInTheDocument();
  });

  it("does without a curve and without similar cases", async () => {
    open(chancesOf({ curve: [], by: [], similar: null }));
    expect(await screen.findByText("过去的流失还不足以推算时间。")).toBeInTheDocument();
    expect(screen.queryByText("相似的过去")).not.toBeInTheDocument();
  });

  it("can be asked again after a failure", async () => {
    open(refuse(500, "internal"));
    expect(await screen.findByRole("button", { name: /重试|再试/ })).toBeInTheDocument();
  });
});

describe("SCR-01 the lines of a model", () => {
  const line = {
    signal: "model:interaction",
    family: "interaction",
    points: 12,
    text: "近30天互动下降62%（平时每月 8 次，现 3 次）",
    has_evidence: false,
    parts: [
      { text: "近30天互动次数 3", points: 9 },
      { text: "距上次互动 20 天", points: 3 },
    ],
  };

  it("stand under their family and unfold into parts that add up", async () => {
    renderUi(<ReasonList base={40} reasons={[line]} score={52} onOpen={() => undefined} />);
    expect(screen.getByText("互动减少")).toBeInTheDocument();
    await userEvent.click(screen.getByText("由 2 项组成"));
    expect(screen.getByText("近30天互动次数 3")).toBeVisible();
    expect(screen.getByText("+9")).toBeInTheDocument();
  });

  it("need no parts where a signal alone gave them", () => {
    renderUi(<ReasonList base={40} reasons={[{ ...line, parts: [] }]} score={52} onOpen={() => undefined} />);
    expect(screen.queryByText(/项组成/)).not.toBeInTheDocument();
    expect(screen.queryByText("互动减少")).not.toBeInTheDocument();
  });
});
