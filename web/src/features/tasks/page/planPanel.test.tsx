import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { workItemOf } from "../testing/workItemOf";
import { PlanPanel } from "./PlanPanel";
import { ScriptsPanel } from "./ScriptsPanel";
import { StepForm } from "./StepForm";
import { sheetOf, stepOf } from "./testing/sheetOf";

const W = "/api/v1/w/demo";
const open = (sheet = sheetOf(), item = workItemOf(), workspace = workspaceOf()) =>
  renderUi(
    <>
      <PlanPanel item={item} sheet={sheet} />
      <UndoToast />
    </>,
    { workspace },
  );

describe("PLY-07 the checklist of a task", () => {
  it("says who did a step and when, and what the others should bring", () => {
    serve({});
    const done = stepOf({ done_at: "2011-09-08T10:00:00Z", done_by: { id: 2, name: "陈嘉豪", team: null } });
    const amount = stepOf({ id: 2, text: "给出优惠", effect: "解除异议", effect_amount: 500, due_at: null });
    open(sheetOf({ steps: [done, amount] }));
    const [first, second] = within(screen.getByRole("list", { name: "挽留计划" })).getAllByRole("listitem");
    expect(first).toHaveTextContent("2011-09-08 11:00 完成 陈嘉豪");
    expect(second).toHaveTextContent("未定日期");
    expect(second).toHaveTextContent("预期：解除异议 · £500");
    expect(screen.getByText(/完成 1\/2/)).toBeInTheDocument();
  });

  it("unticks what was ticked too early", async () => {
    const asked = serve({ [`POST ${W}/steps/1/tick`]: { ok: true } });
    open(sheetOf({ steps: [stepOf({ done_at: "2011-09-08T10:00:00Z" })] }));
    await userEvent.click(screen.getByRole("checkbox", { name: "完成步骤：电话回访" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/steps/1/tick`)).toEqual([{ done: false }]));
  });

  it("does not speak of an effect where none is expected", () => {
    serve({});
    open(sheetOf({ steps: [stepOf()] }));
    expect(screen.getByText("完成 0/1")).toBeInTheDocument();
    expect(screen.queryByText(/预期/)).not.toBeInTheDocument();
  });

  it("takes a plan back as a whole, and puts it back from the toast", async () => {
    const plan = `${W}/work-items/1/plans/5`;
    const asked = serve({ [`DELETE ${plan}`]: { ok: true }, [`POST ${plan}/restore`]: { ok: true } });
    open();
    expect(screen.getByText("价格原因 · 挽回流程 应用")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤下计划" }));
    expect(await screen.findByText("已撤下「价格原因」")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${plan}/restore`)).toHaveLength(1));
  });

  it("stands still once the task is finished", () => {
    serve({});
    open(sheetOf(), workItemOf({ status: "done" }));
    expect(screen.getByRole("checkbox", { name: "完成步骤：电话回访" })).toBeDisabled();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "推荐计划" })).not.toBeInTheDocument();
  });

  it("explains itself without a step, and names no cause that is not known", () => {
    serve({});
    open(sheetOf({ steps: [], plans: [], cause: "" as never }));
    expect(screen.getByText(/还没有步骤/)).toBeInTheDocument();
    expect(screen.getByText("按 高价值 · 高危预警 推荐")).toBeInTheDocument();
  });
});

describe("the form of a step", () => {
  const form = (step: ReturnType<typeof stepOf> | null, workspace = workspaceOf()) => {
    const onClose = vi.fn();
    renderUi(<StepForm target={{ step }} itemId={1} onClose={onClose} />, { workspace });
    return onClose;
  };

  it("keeps the hour of a date that was not touched", async () => {
    const asked = serve({ [`PUT ${W}/steps/1`]: { ok: true }, [`GET ${W}/owners`]: [] });
    const onClose = form(stepOf({ remind_hours: 48 }));
    expect(await screen.findByLabelText("提醒")).toHaveDisplayValue("提前 48 小时");
    await fill("预期效果", " 解除异议 ");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent(asked, `PUT ${W}/steps/1`)).toEqual([
      {
        text: "电话回访",
        owner_id: null,
        due_at: "2011-09-12T17:00:00Z",
        effect: "解除异议",
        effect_amount: null,
        remind_hours: 48,
      },
    ]);
  });

  it("takes no step without words or with an amount below nothing", async () => {
    serve({ [`GET ${W}/owners`]: [] });
    form(null);
    const save = await screen.findByRole("button", { name: "保存" });
    expect(save).toBeDisabled();
    await fill("要做什么", "寄样品");
    expect(save).toBeEnabled();
    await fill("预期金额", "-5");
    expect(save).toBeDisabled();
  });

  it("gives a step to a colleague only by those who may assign", async () => {
    serve({});
    form(null, workspaceOf({ permissions: ["handle"] }));
    await screen.findByLabelText("要做什么");
    expect(screen.queryByLabelText("负责人")).not.toBeInTheDocument();
  });

  it("lets a step be without a date and a reminder", async () => {
    const asked = serve({ [`POST ${W}/work-items/1/steps`]: { id: 9 }, [`GET ${W}/owners`]: [] });
    form(null);
    await fill("要做什么", "寄样品");
    await fill("期限", "");
    await userEvent.selectOptions(screen.getByLabelText("提醒"), "不提醒");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${W}/work-items/1/steps`)[0]).toMatchObject({ due_at: null, remind_hours: -1 }),
    );
  });
});

describe("PLY-11 words and files", () => {
  it("are open for the first pack and folded for the others", () => {
    const [pack] = sheetOf().packs;
    renderUi(<ScriptsPanel packs={[pack, { ...pack, code: "b", name: "节日" }] as never} />);
    const [first, second] = screen.getAllByRole("group");
    expect(first).toHaveAttribute("open");
    expect(second).not.toHaveAttribute("open");
  });

  it("take no room where there are none", () => {
    renderUi(<ScriptsPanel packs={[]} />);
    expect(screen.queryByText("话术与资料")).not.toBeInTheDocument();
  });
});
