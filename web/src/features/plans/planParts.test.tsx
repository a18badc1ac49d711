import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Schemas } from "@/shared/api/client";
import { fill } from "@/shared/testing/fill";
import { workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { UndoToast } from "@/shared/ui/UndoToast";
import { FitTags } from "./FitTags";
import { PackCard } from "./PackCard";
import { PackEditor } from "./PackEditor";
import { PlanCard } from "./PlanCard";
import { PlanEditor } from "./PlanEditor";
import { emptyPlan, emptyStep, planBody, type StepSpec } from "./plans.logic";
import { StepFields } from "./StepFields";

const W = "/api/v1/w/demo";
const plan: Schemas["PlanTemplateOut"] = {
  ...emptyPlan(),
  code: "care",
  name: "关怀",
  steps: [{ ...emptyStep(), text: "电话" }],
  shipped: true,
  is_changed: false,
};
const pack: Schemas["ContentPackOut"] = {
  code: "care",
  name: "问候",
  about: "",
  causes: [],
  levels: [],
  scripts: [{ title: "问候", text: "您好" }],
  shipped: false,
  is_changed: false,
  files: [{ id: 3, name: "报价.pdf", size: 10 }],
};
const reader = workspaceOf({ permissions: ["handle"] });

describe("one step of a template", () => {
  function step(start: Partial<StepSpec> = {}) {
    const onChange = vi.fn<(step: StepSpec) => void>();
    function Editing() {
      const [value, setValue] = useState<StepSpec>({ ...emptyStep(), ...start });
      const change = (next: StepSpec) => {
        onChange(next);
        setValue(next);
      };
      return <StepFields step={value} n={1} onChange={change} onRemove={() => undefined} />;
    }
    renderUi(<Editing />);
    return () => onChange.mock.lastCall?.[0] as StepSpec;
  }

  it("is due after whole working days", async () => {
    const last = step();
    await fill("第 1 步期限", "2.6");
    expect([last().days, last().hours]).toEqual([3, null]);
  });

  it("keeps its number when days become hours", async () => {
    const last = step({ days: 4 });
    await userEvent.selectOptions(screen.getByLabelText("第 1 步期限单位"), "小时后");
    expect([last().days, last().hours]).toEqual([null, 4]);
  });

  it("has no time where it is never due", async () => {
    const last = step({ days: 4 });
    await userEvent.selectOptions(screen.getByLabelText("第 1 步期限单位"), "不定期限");
    expect([last().days, last().hours]).toEqual([null, null]);
    expect(screen.getByLabelText("第 1 步期限")).toBeDisabled();
  });

  it("is done by the supervisor, to an effect and an amount", async () => {
    const last = step();
    await userEvent.selectOptions(screen.getByLabelText("第 1 步由谁做"), "团队主管");
    await fill("第 1 步预期效果", "留住");
    await fill("第 1 步预期金额", "500");
    expect(last()).toMatchObject({ who: "supervisor", effect: "留住", amount: 500 });
    await fill("第 1 步预期金额", "");
    expect(last().amount).toBeNull();
  });
});

describe("PLY-07 the editor of a plan", () => {
  const open = (of: typeof plan | null, answers: Record<string, unknown> = {}) => {
    const asked = serve(answers);
    const onClose = vi.fn();
    renderUi(<PlanEditor plan={of} packs={[pack]} onClose={onClose} />);
    return { asked, onClose };
  };

  it("makes a plan for a tier, a level and a pack", async () => {
    const { asked, onClose } = open(null, { [`POST ${W}/plans`]: plan });
    await fill("名称", " 大客户 ");
    await fill("第 1 步", "主管拜访");
    await userEvent.click(within(screen.getByRole("group", { name: "价值" })).getByRole("button", { name: "高价值" }));
    await userEvent.click(screen.getByRole("button", { name: "问候" }));
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent(asked, `POST ${W}/plans`)[0]).toMatchObject({ name: "大客户", tiers: ["high"], packs: ["care"] });
  });

  it("takes out a tier with a second tap", async () => {
    open({ ...plan, tiers: ["high", "low"] });
    const tier = within(screen.getByRole("group", { name: "价值" })).getByRole("button", { name: "高价值" });
    expect(tier).toHaveAttribute("aria-pressed", "true");
    await userEvent.click(tier);
    expect(tier).toHaveAttribute("aria-pressed", "false");
  });

  it("cannot be saved without a step", async () => {
    open(plan);
    expect(screen.getByRole("button", { name: "保存" })).toBeEnabled();
    await userEvent.click(screen.getByRole("button", { name: "删除第 1 步" }));
    expect(screen.getByRole("button", { name: "保存" })).toBeDisabled();
  });

  it("stays open with what the server refused", async () => {
    const { onClose } = open(plan, { [`PUT ${W}/plans/care`]: refuse(422, "plan", "步骤太多") });
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("步骤太多");
    expect(onClose).not.toHaveBeenCalled();
  });

  it("sends nothing that only the server knows", () => {
    expect(Object.keys(planBody(plan)).sort()).toEqual(Object.keys(emptyPlan()).sort());
  });
});

describe("PLY-11 the editor of words", () => {
  it("takes a script out and keeps the others", async () => {
    const scripts = [
      { title: "问候", text: "您好" },
      { title: "道歉", text: "抱歉" },
    ];
    const asked = serve({
      [`GET ${W}/content-packs/variables`]: { variables: [] },
      [`PUT ${W}/content-packs/care`]: pack,
    });
    renderUi(<PackEditor pack={{ ...pack, scripts }} onClose={() => undefined} />);
    await userEvent.click(screen.getByRole("button", { name: "删除第 1 段" }));
    await userEvent.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(sent(asked, `PUT ${W}/content-packs/care`)).toHaveLength(1));
    expect(sent(asked, `PUT ${W}/content-packs/care`)[0]).toMatchObject({ scripts: [scripts[1]] });
  });
});

describe("the cards", () => {
  it("say for whom a plan is, and for everybody where nothing is named", () => {
    const { unmount } = renderUi(<FitTags tiers={["high"]} levels={["early"]} causes={["price"]} />);
    expect(screen.getByText("高价值")).toBeInTheDocument();
    expect(screen.getByText("价格")).toBeInTheDocument();
    unmount();
    renderUi(<FitTags levels={[]} causes={[]} />);
    expect(screen.getByText("所有客户")).toBeInTheDocument();
  });

  it("say when each step is due", () => {
    const steps = [
      { ...emptyStep(), text: "电话", days: 2 },
      { ...emptyStep(), text: "回访", days: null, hours: 4 },
      { ...emptyStep(), text: "总结", days: null },
    ];
    renderUi(<PlanCard plan={{ ...plan, steps, is_changed: true, shipped: false }} onEdit={() => undefined} />);
    const texts = within(screen.getByText("3 个步骤").closest("details") as HTMLElement)
      .getAllByRole("listitem", { hidden: true })
      .map(({ textContent }) => textContent?.trim());
    expect(texts).toEqual(["电话 2 个工作日", "回访 4 小时", "总结"]);
    expect(screen.getByText("已修改")).toBeInTheDocument();
  });

  it("take a file out of a pack, with a way back", async () => {
    const path = `${W}/pack-files/3`;
    const asked = serve({ [`DELETE ${path}`]: { ok: true }, [`POST ${path}/restore`]: { ok: true } });
    renderUi(
      <>
        <PackCard pack={pack} onEdit={() => undefined} />
        <UndoToast />
      </>,
    );
    await userEvent.click(screen.getByRole("button", { name: "删除文件：报价.pdf" }));
    await userEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(sent(asked, `POST ${path}/restore`)).toHaveLength(1));
  });

  it("send a file as a form", async () => {
    const path = `${W}/content-packs/care/files`;
    const asked = serve({ [`POST ${path}`]: { id: 4, name: "a.pdf", size: 1 } });
    renderUi(<PackCard pack={pack} onEdit={() => undefined} />);
    await userEvent.upload(screen.getByTestId("file-care"), new File(["x"], "a.pdf"));
    await waitFor(() => expect(sent(asked, `POST ${path}`)).toEqual(["form"]));
  });

  it("let a reader have the files, and nothing else", () => {
    renderUi(<PackCard pack={pack} onEdit={() => undefined} />, { workspace: reader });
    expect(screen.getByRole("link", { name: "报价.pdf" })).toHaveAttribute("href", `${W}/pack-files/3`);
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});
