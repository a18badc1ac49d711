import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderUi } from "../testing/renderUi";
import { initials } from "./Avatar";
import { Chips } from "./Chips";
import { Delta } from "./Delta";
import { ErrorState } from "./ErrorState";
import { Gauge } from "./Gauge";
import { RiskTag } from "./RiskTag";
import { Score } from "./Score";
import { offerUndo, UndoToast } from "./UndoToast";

it("SCR-01 names the score with its level and direction", () => {
  renderUi(<Score score={91.4} level="high" />);
  expect(screen.getByText("91 分,高危预警(风险分,越高越危险)")).toBeInTheDocument();
});

it("SCR-02 uses the glossary's level names", () => {
  renderUi(<RiskTag level="early" />);
  expect(screen.getByText("初级预警")).toBeInTheDocument();
});

it("draws the gauge with the same name", () => {
  renderUi(
    <Gauge score={62} bands={{ early: 50, medium: 70, high: 90 }} before={{ score: 54, label: "30 天前 54" }} />,
  );
  expect(screen.getByRole("img", { name: /62 分,初级预警/ })).toBeInTheDocument();
});

it("says direction in words beside the arrow", () => {
  const { container } = renderUi(<Delta value={7} />);
  expect(container).toHaveTextContent("上升7");
  expect(container.querySelector(".bad")).not.toBeNull();
});

it("calls a tiny change none and an unknown one nothing", () => {
  expect(renderUi(<Delta value={0.2} />).container).toHaveTextContent("持平");
  expect(renderUi(<Delta value={null} />).container).toBeEmptyDOMElement();
});

it("offers another try unless the role may not see it", async () => {
  const retry = vi.fn();
  renderUi(<ErrorState error={new TypeError("Failed to fetch")} retry={retry} />);
  await userEvent.click(screen.getByRole("button", { name: "重试" }));
  expect(retry).toHaveBeenCalledOnce();
  renderUi(<ErrorState error={{ code: "forbidden", message: "" }} retry={retry} />);
  expect(screen.getByText("没有权限查看")).toBeInTheDocument();
});

it("takes an action back", async () => {
  const undo = vi.fn();
  renderUi(<UndoToast />);
  act(() => offerUndo("已完成 1 项", undo));
  await userEvent.click(screen.getByRole("button", { name: "撤销" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("已完成 1 项")).not.toBeInTheDocument();
});

it("marks the chosen chip", async () => {
  const change = vi.fn();
  renderUi(
    <Chips
      label="筛选"
      items={[
        { key: "a", label: "全部", count: 5 },
        { key: "b", label: "超时" },
      ]}
      value="a"
      onChange={change}
    />,
  );
  expect(screen.getByRole("button", { name: "全部 5" })).toHaveAttribute("aria-pressed", "true");
  await userEvent.click(screen.getByRole("button", { name: "超时" }));
  expect(change).toHaveBeenCalledWith("b");
});

it("shortens names of people and companies in both scripts", () => {
  expect(initials("杭州云栖贸易有限公司")).toBe("云栖");
  expect(initials("林晓雯")).toBe("林");
  expect(initials("Acme Trading Ltd")).toBe("AT");
});
