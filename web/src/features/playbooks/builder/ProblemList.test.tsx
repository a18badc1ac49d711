import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { START } from "../flow/edit";
import { emptySpec, nodeOf } from "../flow/spec";
import { flow } from "../testing/fixtures";
import { stage } from "../testing/stage";
import { Palette } from "./Palette";
import { ProblemList } from "./ProblemList";

describe("what stands against publishing", () => {
  const problems = [
    { node: "n1", field: "owner", message: "没有负责人" },
    { node: START, field: "levels", message: "至少选一个等级" },
    { node: "", field: "holdout.why_none", message: "写明原因" },
    { node: "n3", field: "", message: "到不了" },
  ];

  it("names the step by what it does, else by its kind, and the flow's own settings", () => {
    stage(<ProblemList />, { problems });
    expect(screen.getByText("还有 4 个问题，解决后才能发布")).toBeInTheDocument();
    const items = within(screen.getByLabelText("待解决的问题")).getAllByText(/：/);
    expect(items.map(({ textContent }) => textContent)).toEqual([
      "电话回访：没有负责人",
      "触发：至少选一个等级",
      "流程设置：写明原因",
      "结束：到不了",
    ]);
  });

  it.each([
    ["电话回访：没有负责人", "n1"],
    ["触发：至少选一个等级", START],
    ["流程设置：写明原因", null],
  ])("leads from 「%s」 to where it is mended", async (text, selected) => {
    const seen = stage(<ProblemList />, { problems, selected: "n4" });
    await userEvent.click(screen.getByText(text));
    expect(seen.selected).toBe(selected);
  });

  it("is not there when nothing is wrong", () => {
    stage(<ProblemList />);
    expect(screen.queryByLabelText("待解决的问题")).not.toBeInTheDocument();
  });
});

describe("the palette", () => {
  const add = (label: string) => userEvent.click(screen.getByText(label));

  it("begins an empty flow, and selects what was added", async () => {
    const seen = stage(<Palette />, { spec: emptySpec() });
    await add("人工任务");
    expect(seen.spec.start).toBe("n1");
    expect(seen.selected).toBe("n1");
  });

  it("hangs the step in behind the selected one", async () => {
    const seen = stage(<Palette />, { spec: flow(), selected: "n1" });
    await add("等待");
    expect(nodeOf(seen.spec, "n1")?.next.done).toBe("n5");
    expect(nodeOf(seen.spec, "n5")).toMatchObject({ params: { days: 0 }, next: { done: "n2" } });
  });

  it("gives a split its two arms from the start, the first with what followed", async () => {
    const seen = stage(<Palette />, { spec: flow(), selected: "n1" });
    await add("随机分流");
    expect(nodeOf(seen.spec, "n5")).toMatchObject({
      params: {
        arms: [
          { key: "A", share: 0.5 },
          { key: "B", share: 0.5 },
        ],
      },
      next: { A: "n2" },
    });
  });
});
