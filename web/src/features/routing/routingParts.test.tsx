import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { AlertTrail } from "./AlertTrail";
import { LadderPanel } from "./LadderPanel";
import { PlanBar } from "./PlanBar";
import { PreviewPanel } from "./PreviewPanel";
import { RouteForm } from "./RouteForm";
import { RoutesPanel } from "./RoutesPanel";
import { MOST_ROUTES, MOST_STEPS, type Plan } from "./routing.logic";
import { planOf, previewOf, routeOf, routingOf } from "./testing/fixtures";
import { VersionsPanel } from "./VersionsPanel";

const W = "/api/v1/w/demo";
const { options } = routingOf();

/** Renders an editor of a plan together with the plan; returns the plan as it was changed last. */
function edit(Panel: typeof LadderPanel | typeof RoutesPanel, start: Plan = planOf()) {
  const onChange = vi.fn<(plan: Plan) => void>();
  function Editing() {
    const [plan, setPlan] = useState(start);
    const change = (next: Plan) => {
      onChange(next);
      setPlan(next);
    };
    return <Panel plan={plan} options={options} onChange={change} />;
  }
  renderUi(<Editing />);
  return () => onChange.mock.lastCall?.[0] as Plan;
}

describe("a row of the routing table", () => {
  it("asks for nothing in the last row, which catches the rest", () => {
    renderUi(<RouteForm route={routeOf()} last options={options} onChange={() => undefined} />);
    expect(screen.queryByLabelText("预警级别")).not.toBeInTheDocument();
    expect(screen.getByLabelText("通知谁")).toBeInTheDocument();
  });

  it("says that it has no condition yet", () => {
    edit(RoutesPanel, planOf({ routes: [routeOf({ levels: [] }), routeOf({ levels: [] })] }));
    expect(screen.getByRole("button", { name: /1\. 第 1 条/ })).toHaveTextContent("还没有条件：请至少选一项");
  });

  it("names what is gone by its own name", () => {
    edit(RoutesPanel, planOf({ routes: [routeOf({ signals: ["SIG-99"], teams: [3] }), routeOf({ levels: [] })] }));
    expect(screen.getByRole("button", { name: /1\./ })).toHaveTextContent("SIG-99 · 质检组");
  });

  it("is copied beside itself and opened there", async () => {
    const last = edit(RoutesPanel);
    await userEvent.click(screen.getByRole("button", { name: "复制：投诉" }));
    expect(last().routes.map(({ name }) => name)).toEqual(["大客户高危", "投诉", "投诉", ""]);
    expect(screen.getByLabelText("名称")).toHaveValue("投诉");
  });

  it("stays open while it moves", async () => {
    const last = edit(RoutesPanel);
    await userEvent.click(screen.getByRole("button", { name: /1\. 大客户高危/ }));
    await userEvent.click(screen.getByRole("button", { name: "下移：大客户高危" }));
    expect(last().routes[1]?.name).toBe("大客户高危");
    expect(screen.getByLabelText("名称")).toHaveValue("大客户高危");
    expect(screen.getByRole("button", { name: /2\. 大客户高危/ })).toHaveAttribute("aria-expanded", "true");
  });

  it("cannot be moved off either end", () => {
    edit(RoutesPanel);
    expect(screen.getByRole("button", { name: "上移：大客户高危" })).toBeDisabled();
    expect(screen.getByRole("button", { name: "下移：投诉" })).toBeDisabled();
  });

  it("is one of forty at most", () => {
    edit(RoutesPanel, planOf({ routes: Array.from({ length: MOST_ROUTES }, () => routeOf()) }));
    expect(screen.getByRole("button", { name: /添加一条/ })).toBeDisabled();
  });

  it("takes a deadline of its own, or the policy's where it is empty", async () => {
    const onChange = vi.fn();
    renderUi(<RouteForm route={routeOf({ sla_hours: 8 })} last options={options} onChange={onChange} />);
    await fill("跟进时限", "");
    await userEvent.tab();
    expect(onChange).toHaveBeenLastCalledWith({ sla_hours: null });
  });
});

describe("the ladder", () => {
  it("is switched off without losing its steps", async () => {
    const last = edit(LadderPanel);
    await userEvent.click(screen.getByRole("switch", { name: "超时升级" }));
    expect(last().ladder).toEqual({ ...planOf().ladder, enabled: false });
  });

  it("waits a number of hours for each step, and keeps the old one while the field is empty", async () => {
    const last = edit(LadderPanel);
    await fill("第 2 级：上一级后", "12");
    await userEvent.tab();
    expect(last().ladder.steps.map(({ hours }) => hours)).toEqual([0, 12]);
    await fill("第 2 级：上一级后", "");
    expect(last().ladder.steps[1]?.hours).toBe(12);
  });

  it("has six steps at most", () => {
    const step = { hours: 1, tell: ["owner"] };
    const steps = Array.from({ length: MOST_STEPS }, () => step);
    edit(LadderPanel, planOf({ ladder: { ...planOf().ladder, steps } }));
    expect(screen.getByRole("button", { name: /添加一级/ })).toBeDisabled();
  });

  it("changes hours of work and the supervisors' digest", async () => {
    const last = edit(LadderPanel);
    await fill("下班", "17:30");
    await userEvent.click(screen.getByRole("switch", { name: "主管每日摘要" }));
    expect(last().hours).toEqual({ starts: "09:00", ends: "17:30" });
    expect(last().team_digest).toBe(false);
  });
});

describe("publishing a plan", () => {
  const bar = (plan: Plan, answers: Record<string, unknown> = {}) => {
    serve(answers);
    const calls = { onChange: vi.fn(), onPublished: vi.fn() };
    renderUi(<PlanBar routing={routingOf()} plan={plan} {...calls} />);
    return calls;
  };

  it("needs a change", () => {
    bar(planOf());
    expect(screen.getByRole("button", { name: "放弃修改" })).toBeDisabled();
    expect(screen.getByRole("button", { name: /^发\s?布$/ })).toBeDisabled();
  });

  it("is given up without asking the server", async () => {
    const { onChange } = bar(planOf({ team_digest: false }));
    await userEvent.click(screen.getByRole("button", { name: "放弃修改" }));
    expect(onChange).toHaveBeenCalledWith(planOf());
  });

  it("says when somebody else published in between", async () => {
    const { onPublished } = bar(planOf({ team_digest: false }), {
      [`POST ${W}/routing/publish`]: refuse(409, "changed", "刚被他人修改"),
    });
    await userEvent.click(screen.getByRole("button", { name: /^发\s?布$/ }));
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /^发\s?布$/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent("刚被他人修改");
    expect(onPublished).not.toHaveBeenCalled();
  });
});

describe("where today's alerts would go", () => {
  const open = (answer: unknown) => {
    const asked = serve({ [`POST ${W}/routing/preview`]: answer });
    renderUi(<PreviewPanel plan={planOf()} />);
    return asked;
  };

  it("is asked only on demand, and is told row by row", async () => {
    const asked = open(previewOf());
    expect(screen.getByText(/预览不通知任何人/)).toBeInTheDocument();
    expect(asked).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "用今天的预警预览" }));
    const second = await screen.findByRole("region", { name: "第 2 条" });
    expect(second).toHaveTextContent("第 2 条 投诉 · 1 条预警");
    expect(sent(asked, `POST ${W}/routing/preview`)).toEqual([{ plan: planOf() }]);
  });

  it("names an alert that reaches nobody", async () => {
    const preview = previewOf();
    const [first] = preview.rows;
    if (first?.sample[0]) first.sample[0].told = [];
    open(preview);
    await userEvent.click(screen.getByRole("button", { name: "用今天的预警预览" }));
    expect(await screen.findByText("→ 没有人")).toBeInTheDocument();
  });

  it("says that nothing is open", async () => {
    open({ total: 0, rows: [] });
    await userEvent.click(screen.getByRole("button", { name: "用今天的预警预览" }));
    expect(await screen.findByText("今天没有未关闭的预警")).toBeInTheDocument();
  });
});

describe("what became of a plan and of an alert", () => {
  const version = { number: 1, plan: planOf(), note: "最初", published_at: "2011-09-01T02:00:00Z", published_by: null };

  it("marks the version in force and loads another", async () => {
    serve({ [`GET ${W}/routing/versions`]: [{ ...version, number: 2, note: "" }, version] });
    const onLoad = vi.fn();
    renderUi(<VersionsPanel number={2} onLoad={onLoad} />);
    const [live, earlier] = await screen.findAllByRole("listitem");
    expect(live).toHaveTextContent("使用中");
    await userEvent.click(within(earlier as HTMLElement).getByRole("button", { name: "载入" }));
    expect(onLoad).toHaveBeenCalledWith(planOf());
  });

  it("says who was told, in the order of time, and that a step reached nobody", async () => {
    const person = { id: 1, name: "陈嘉豪", team: null };
    serve({
      [`GET ${W}/alerts/3/trail`]: {
        pushes: [
          { at: "2011-09-08T09:00:00Z", kind: "copy", person },
          { at: "2011-09-08T08:00:00Z", kind: "own", person },
          { at: "2011-09-08T12:00:00Z", kind: "escalation", person },
        ],
        escalations: [{ at: "2011-09-08T12:00:00Z", step: 1, level: "high", told: [] }],
      },
    });
    renderUi(<AlertTrail alertId={3} />);
    await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(3));
    expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "已通知陈嘉豪2011-09-08 09:00",
      "已抄送陈嘉豪2011-09-08 10:00",
      "超时升级第 1 级：没有人2011-09-08 13:00",
    ]);
  });
});
