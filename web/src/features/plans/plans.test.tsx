import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { PlansPage } from "./PlansPage";
import { emptyPack, emptyPlan, numberOf, packReady, planReady, replaced, toggled } from "./plans.logic";

const W = "/api/v1/w/demo";
const step = { text: "电话", days: 1, hours: null, who: "owner", effect: "", amount: null, remind_hours: 24 };
const plan = {
  code: "care",
  name: "关怀",
  about: "",
  tiers: ["high"],
  levels: [],
  causes: [],
  packs: [],
  steps: [step],
  shipped: true,
  is_changed: false,
};
const pack = {
  code: "care",
  name: "问候",
  about: "",
  causes: [],
  levels: [],
  scripts: [{ title: "问候", text: "您好" }],
  shipped: true,
  is_changed: false,
  files: [],
};
const answers = {
  [`GET ${W}/plans`]: [plan],
  [`GET ${W}/content-packs`]: [pack],
  [`GET ${W}/content-packs/variables`]: { variables: ["客户名"] },
};
const open = (at = "/w/demo/plans", workspace = workspaceOf()) =>
  renderUi(
    <>
      <PlansPage />
      <UndoToast />
    </>,
    { at, path: "/w/:slug/plans", workspace },
  );

describe("drafts of plans and words", () => {
  it("are ready with a name and every step or text written", () => {
    expect(planReady(emptyPlan())).toBe(false);
    expect(planReady({ ...emptyPlan(), name: "x", steps: [{ ...emptyPlan().steps[0], text: "y" }] as never })).toBe(
      true,
    );
    expect(packReady(emptyPack())).toBe(false);
    expect(packReady({ ...emptyPack(), name: "x", scripts: [{ title: "a", text: " " }] })).toBe(false);
  });
  it("change one entry of a list at a time", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
    expect(replaced([1, 2, 3], 1, 9)).toEqual([1, 9, 3]);
    expect(replaced([1, 2, 3], 1, null)).toEqual([1, 3]);
    expect([numberOf(""), numberOf("x"), numberOf("3.5")]).toEqual([null, null, 3.5]);
  });
});

describe("挽留计划与话术", () => {
  it("changes a built-in plan into the workspace's own", async () => {
    const asked = serve({ ...answers, [`PUT ${W}/plans/care`]: plan });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "修改：关怀" }));
    await userEvent.click(screen.getByText("添加步骤"));
    await userEvent.type(screen.getByLabelText("第 2 步"), "拜访");
    await userEvent.selectOptions(screen.getByLabelText("第 2 步期限单位"), "hours");
    await userEvent.click(within(screen.getByLabelText("原因")).getByText("价格"));
    await userEvent.click(screen.getByText("保存"));
    await waitFor(() => expect(sent(asked, `PUT ${W}/plans/care`)).toHaveLength(1));
    expect(sent(asked, `PUT ${W}/plans/care`)[0]).toMatchObject({
      name: "关怀",
      causes: ["price"],
      steps: [step, { text: "拜访", days: null, hours: 1 }],
    });
  });

  it("retires a plan with undo", async () => {
    const asked = serve({
      ...answers,
      [`DELETE ${W}/plans/care`]: { ok: true },
      [`POST ${W}/plans/care/restore`]: { ok: true },
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "停用：关怀" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${W}/plans/care/restore`)).toHaveLength(1));
  });

  it("makes words of the workspace's own, with the variables beside them", async () => {
    const asked = serve({ ...answers, [`POST ${W}/content-packs`]: pack });
    open("/w/demo/plans?tab=packs");
    await userEvent.click(await screen.findByRole("button", { name: "新建话术" }));
    expect(await screen.findByText(/\{\{客户名\}\}/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText("名称"), "节日");
    await userEvent.click(screen.getByRole("button", { name: "添加话术" }));
    await userEvent.type(screen.getByLabelText("第 1 段标题"), "祝福");
    await userEvent.type(screen.getByLabelText("第 1 段话术"), "节日好");
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() =>
      expect(sent(asked, `POST ${W}/content-packs`)).toEqual([
        { name: "节日", about: "", causes: [], levels: [], scripts: [{ title: "祝福", text: "节日好" }] },
      ]),
    );
  });

  it("is only read by those who may not publish", async () => {
    serve(answers);
    open("/w/demo/plans", workspaceOf({ permissions: ["handle"] }));
    expect(await screen.findByText("关怀")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "修改：关怀" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "新建计划" })).not.toBeInTheDocument();
  });
});
