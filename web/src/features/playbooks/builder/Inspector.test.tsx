import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { START } from "../flow/edit";
import { nodeOf } from "../flow/spec";
import { flow } from "../testing/fixtures";
import { stage } from "../testing/stage";
import { Inspector } from "./Inspector";

const select = (label: string, value: string) => userEvent.selectOptions(screen.getByLabelText(label), value);

describe("the inspector of a step", () => {
  it("writes a field into the step, and into no other", async () => {
    const seen = stage(<Inspector />, { selected: "n1" });
    await fill("任务标题", "上门拜访");
    expect(nodeOf(seen.spec, "n1")?.params).toEqual({ title: "上门拜访" });
    expect(nodeOf(seen.spec, "n2")).toEqual(nodeOf(flow(), "n2"));
  });

  it("is undone field by field, not letter by letter", async () => {
    const seen = stage(<Inspector />, { selected: "n1" });
    await userEvent.type(screen.getByLabelText("任务标题"), "啊吧");
    await select("负责人", "3");
    expect(seen.tags).toEqual(["n1.title", "n1.title", "n1.owner"]);
    expect(nodeOf(seen.spec, "n1")?.params).toEqual({ title: "电话回访啊吧", owner: 3 });
  });

  it("shows what is wrong beside the field that is meant", () => {
    stage(<Inspector />, {
      selected: "n1",
      problems: [
        { node: "n1", field: "title", message: "标题必填" },
        { node: "n2", field: "template", message: "模板不存在" },
      ],
    });
    expect(screen.getByLabelText("任务标题")).toHaveAccessibleDescription("标题必填");
    expect(screen.queryByText("模板不存在")).not.toBeInTheDocument();
  });

  it("links steps by plain selects, names each by what it does, and cuts the way", async () => {
    const seen = stage(<Inspector />, { selected: "n2" });
    const refused = screen.getByLabelText("「被拦下」之后");
    expect(within(refused).getByText("人工任务 · 电话回访")).toBeInTheDocument();
    expect(within(refused).queryByText(/发送消息/)).not.toBeInTheDocument();
    await userEvent.selectOptions(refused, "n1");
    expect(nodeOf(seen.spec, "n2")?.next).toEqual({ done: "n3", refused: "n1" });
    await select("「被拦下」之后", "");
    expect(nodeOf(seen.spec, "n2")?.next).toEqual({ done: "n3" });
  });

  it("says at an outlet that it must lead somewhere", () => {
    stage(<Inspector />, {
      selected: "n4",
      problems: [{ node: "n4", field: "next.done", message: "没有接到任何步骤" }],
    });
    expect(screen.getByLabelText("「完成」之后")).toHaveAccessibleDescription("没有接到任何步骤");
  });

  it("shows the message that the chosen template sends", async () => {
    stage(<Inspector />, { selected: "n2" });
    const preview = screen.getByLabelText("消息预览");
    expect(preview).toHaveTextContent("近况");
    expect(preview).toHaveTextContent("{{客户名}}您好");
    await select("模板", "");
    expect(screen.queryByLabelText("消息预览")).not.toBeInTheDocument();
  });

  it("takes the step out, closes the gap and shows the flow's settings", async () => {
    const seen = stage(<Inspector />, { selected: "n2" });
    await userEvent.click(screen.getByText("删除步骤"));
    expect(nodeOf(seen.spec, "n2")).toBeUndefined();
    expect(nodeOf(seen.spec, "n1")?.next).toEqual({ done: "n3" });
    expect(seen.selected).toBeNull();
    expect(screen.getByText("流程设置")).toBeInTheDocument();
  });

  it("keeps a step of a kind that it does not know: it can be seen and removed", () => {
    const odd = { id: "n1", kind: "fax", params: {}, next: {}, at: null };
    stage(<Inspector />, { selected: "n1", spec: flow({ nodes: [odd] }) });
    expect(screen.getByText("fax")).toBeInTheDocument();
    expect(screen.getByText("删除步骤")).toBeInTheDocument();
  });
});

describe("the inspector of a split", () => {
  const split = (params: Record<string, unknown>, next = {}) =>
    flow({ nodes: [{ id: "n1", kind: "split", params, next, at: null }, ...flow().nodes.slice(1)] });
  const arms = [
    { key: "A", share: 0.5 },
    { key: "B", share: 0.3 },
    { key: "C", share: 0.2 },
  ];
  const open = (next = {}) => stage(<Inspector />, { selected: "n1", spec: split({ arms }, next) });
  const found = (seen: ReturnType<typeof open>) => nodeOf(seen.spec, "n1")?.params.arms;

  it("takes shares in percent", async () => {
    const seen = open();
    expect(screen.getByLabelText("第 2 路比例")).toHaveValue("30");
    await fill("第 2 路比例", "45");
    expect(found(seen)).toMatchObject([{ share: 0.5 }, { key: "B", share: 0.45 }, { share: 0.2 }]);
  });

  it("cuts the way of an arm that goes, and gives a new one a name of its own", async () => {
    const seen = open({ A: "n2", C: "n3" });
    await userEvent.click(screen.getByLabelText("删除 A"));
    expect(nodeOf(seen.spec, "n1")?.next).toEqual({ C: "n3" });
    await userEvent.click(screen.getByText("添加一路"));
    expect(found(seen)).toMatchObject([{ key: "B" }, { key: "C" }, { key: "A" }]);
  });

  it("has two arms at the least and five at the most", async () => {
    open();
    await userEvent.click(screen.getByText("添加一路"));
    await userEvent.click(screen.getByText("添加一路"));
    expect(screen.queryByText("添加一路")).not.toBeInTheDocument();
    for (const key of ["A", "B", "C"]) await userEvent.click(screen.getByLabelText(`删除 ${key}`));
    expect(screen.queryByLabelText(/^删除 /)).not.toBeInTheDocument();
  });
});

describe("the inspector of the trigger", () => {
  it("starts anew with another trigger, without the old one's parameters", async () => {
    const seen = stage(<Inspector />, { selected: START });
    expect(screen.getByLabelText("触发方式")).toHaveValue("alert");
    await select("触发方式", "manual");
    expect(seen.spec.trigger).toEqual({ kind: "manual" });
    expect(screen.queryByLabelText("等级")).not.toBeInTheDocument();
  });

  it("says what is wrong with it", () => {
    stage(<Inspector />, { selected: START, problems: [{ node: START, field: "levels", message: "至少选一个等级" }] });
    expect(screen.getByText("至少选一个等级")).toBeInTheDocument();
  });
});
