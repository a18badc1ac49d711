import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderUi } from "@/shared/testing/renderUi";
import { countOf } from "../testing/fixtures";
import { CountPanel } from "./CountPanel";
import type { LiveCount } from "./useCount";

const open = (change: Partial<LiveCount> = {}, incomplete = false) =>
  renderUi(
    <CountPanel live={{ count: countOf(), busy: false, error: null, faults: [], ...change }} incomplete={incomplete} />,
  );
const fault = { where: "when.all.0", message: "没有这个字段" };

describe("RUL-05 how many customers match now", () => {
  it("stands beside how many there are, its share, and whom the exclusion keeps out", () => {
    open();
    expect(screen.getByTestId("matched")).toHaveTextContent("27 家");
    expect(screen.getByText("占 2,850 家的 0.95%")).toBeInTheDocument();
    expect(screen.getByText("另有 3 家 因排除条件不命中")).toBeInTheDocument();
    expect(screen.getByText("按 2011-09-09 23:00 的数据")).toBeInTheDocument();
  });

  it("names some of them, each with the way to its page", () => {
    open();
    expect(screen.getByText("Rosewood Acre Market")).toHaveAttribute("href", "/w/demo/customers/101");
  });

  it("says that nobody matches, without an empty list of examples", () => {
    open({ count: countOf({ matched: 0, sample: [], excluded: 0 }) });
    expect(screen.getByText("现在没有客户命中")).toBeInTheDocument();
    expect(screen.queryByText("例如")).not.toBeInTheDocument();
    expect(screen.queryByText(/因排除条件/)).not.toBeInTheDocument();
  });

  it("divides by nobody without an error", () => {
    open({ count: countOf({ matched: 0, total: 0, sample: [] }) });
    expect(screen.getByText(/^占 0 家的 0/)).toBeInTheDocument();
  });

  it("gives no number before anything was scored", () => {
    open({ count: countOf({ as_of: null }) });
    expect(screen.getByText(/还没有评分数据/)).toBeInTheDocument();
    expect(screen.queryByTestId("matched")).not.toBeInTheDocument();
  });

  it.each([
    ["another is counted", { busy: true }, false, "正在计算"],
    ["something is missing", {}, true, "补全条件后更新命中数"],
    ["something is wrong", { faults: [fault] }, false, "条件有误，改正后更新命中数"],
  ])("keeps the last number, marked as old, while %s", (_while, change, incomplete, said) => {
    open(change, incomplete);
    expect(screen.getByText(said)).toBeInTheDocument();
    expect(screen.getByTestId("matched").closest(".stale")).not.toBeNull();
  });

  it("asks for the rest of the condition where nothing was counted yet", () => {
    open({ count: undefined }, true);
    expect(screen.getAllByText("补全条件后更新命中数").length).toBeGreaterThan(0);
  });

  it("says why it could not be counted, but not again what stands at the condition", () => {
    const error = { code: "broken", message: "数据库忙", params: {}, faults: [] };
    open({ count: undefined, error });
    expect(screen.getByText("数据库忙")).toBeInTheDocument();
  });

  it("leaves faults to their places", () => {
    open({ error: { code: "rule", message: "规则有误", params: {}, faults: [fault] }, faults: [fault] });
    expect(screen.queryByText("规则有误")).not.toBeInTheDocument();
  });
});
