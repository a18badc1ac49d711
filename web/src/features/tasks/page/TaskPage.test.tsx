import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { workItemOf } from "../testing/workItemOf";
import { TaskPage } from "./TaskPage";
import { sheetOf } from "./testing/sheetOf";

const W = "/api/v1/w/demo";
const answers = {
  [`GET ${W}/work-items/1`]: workItemOf(),
  [`GET ${W}/work-items/1/sheet`]: sheetOf(),
  [`GET ${W}/tickets`]: pageOf([]),
};
const open = (workspace = workspaceOf()) =>
  renderUi(
    <>
      <TaskPage />
      <UndoToast />
    </>,
    { at: "/w/demo/tasks/1", path: "/w/:slug/tasks/:itemId", workspace },
  );

describe("one task", () => {
  it("PLY-07 applies a plan with one tap and takes it back from the toast", async () => {
    const plan = `${W}/work-items/1/plans`;
    const asked = serve({ ...answers, [`POST ${plan}`]: { id: 8 }, [`DELETE ${plan}/8`]: { ok: true } });
    open();
    const proposed = await screen.findByRole("region", { name: "推荐计划" });
    expect(proposed).toHaveTextContent("按 高价值 · 高危预警 · 价格 推荐");
    await userEvent.click(within(proposed).getByRole("button", { name: "应用：高危预警" }));
    expect(await screen.findByText("已应用「高危预警」")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `DELETE ${plan}/8`)).toHaveLength(1));
    expect(sent(asked, `POST ${plan}`)).toEqual([{ code: "level-high" }]);
  });

  it("ticks, moves and removes steps", async () => {
    const asked = serve({
      ...answers,
      [`POST ${W}/steps/1/tick`]: { ok: true },
      [`POST ${W}/work-items/1/steps/order`]: { ok: true },
      [`DELETE ${W}/steps/2`]: { ok: true },
      [`POST ${W}/steps/2/restore`]: { ok: true },
    });
    open();
    await userEvent.click(await screen.findByRole("checkbox", { name: "完成步骤：电话回访" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/steps/1/tick`)).toEqual([{ done: true }]));
    expect(screen.getByRole("button", { name: "上移：电话回访" })).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "下移：电话回访" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/work-items/1/steps/order`)).toEqual([{ step_ids: [2, 1] }]));
    await userEvent.click(screen.getByRole("button", { name: "删除步骤：给出优惠" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/steps/2/restore`)).toHaveLength(1));
    expect(screen.getByText(/完成 0\/2 · 预期效果 £500/)).toBeInTheDocument();
  });

  it("adds a step with a date and an expected amount", async () => {
    const asked = serve({ ...answers, [`POST ${W}/work-items/1/steps`]: { id: 9 }, [`GET ${W}/owners`]: [] });
    open();
    await userEvent.click(await screen.findByText("添加步骤"));
    await userEvent.type(await screen.findByLabelText("要做什么"), "寄样品");
    await userEvent.type(screen.getByLabelText("预期金额"), "800");
    await userEvent.selectOptions(screen.getByLabelText("提醒"), "2");
    await userEvent.click(screen.getByText("保存"));
    await waitFor(() => expect(sent(asked, `POST ${W}/work-items/1/steps`)).toHaveLength(1));
    expect(sent(asked, `POST ${W}/work-items/1/steps`)[0]).toMatchObject({
      text: "寄样品",
      effect_amount: 800,
      remind_hours: 2,
      due_at: "2011-09-11T08:00:00.000Z",
    });
  });

  it("PLY-11 shows words filled for the customer and files to download", async () => {
    serve(answers);
    open();
    expect(await screen.findByText("王总您好")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "报价.pdf" })).toHaveAttribute("href", `${W}/pack-files/3`);
    expect(screen.getByRole("button", { name: "复制：问清原因" })).toBeInTheDocument();
  });

  it("fetches photos only when somebody asks for them", async () => {
    serve(answers);
    open();
    await screen.findByText("见到采购");
    expect(screen.queryByRole("img", { name: "拜访照片 1" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "查看 1 张照片" }));
    expect(screen.getByRole("img", { name: "拜访照片 1" })).toHaveAttribute("src", `${W}/visit-photos/9`);
  });

  it("posts a comment that names a colleague", async () => {
    const asked = serve({ ...answers, [`POST ${W}/work-items/1/comments`]: { id: 7 } });
    open();
    await userEvent.selectOptions(await screen.findByLabelText("@ 同事"), "2");
    await userEvent.type(screen.getByLabelText("写评论"), "请看报价");
    await userEvent.click(screen.getByText("发布"));
    await waitFor(() =>
      expect(sent(asked, `POST ${W}/work-items/1/comments`)).toEqual([
        { text: "@陈嘉豪 请看报价", mentions: [2], request_key: expect.any(String) },
      ]),
    );
  });

  it("logs a visit with words and place", async () => {
    const visits = `${W}/customers/7/visits`;
    const asked = serve({ ...answers, [`POST ${visits}`]: { ...sheetOf().visits[0], photo_count: 0, photos: [] } });
    open();
    await userEvent.click(await screen.findByText("记拜访"));
    const save = (await screen.findByText("保存拜访")).closest("button") as HTMLElement;
    expect(save).toBeDisabled();
    await userEvent.type(screen.getByLabelText("拜访内容"), "谈了续约");
    await userEvent.type(screen.getByLabelText("地点"), "门店");
    await userEvent.click(save);
    await waitFor(() => expect(sent(asked, `POST ${visits}`)).toHaveLength(1));
    expect(sent(asked, `POST ${visits}`)[0]).toMatchObject({
      text: "谈了续约",
      place: "门店",
      spot: null,
      work_item_id: 1,
    });
  });

  it("only shows the task to those who may not work it", async () => {
    serve(answers);
    open(workspaceOf({ permissions: [], role: "analyst" }));
    expect(await screen.findByRole("checkbox", { name: "完成步骤：电话回访" })).toBeDisabled();
    for (const name of ["记拜访", "领取", "添加步骤", "发布", "提交工单"])
      expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  });

  it("says what went wrong", async () => {
    serve({});
    open();
    expect(await screen.findByRole("button", { name: "重试" })).toBeInTheDocument();
  });
});
