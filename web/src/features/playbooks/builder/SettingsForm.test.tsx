import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import type { FlowSpec } from "../flow/spec";
import { flow, kinds } from "../testing/fixtures";
import { stage } from "../testing/stage";
import { HoldoutFields, SettingsForm } from "./SettingsForm";

const open = (spec: Partial<FlowSpec> = {}) => stage(<SettingsForm />, { spec: flow(spec) });
const choose = (label: string, value: string) => userEvent.selectOptions(screen.getByLabelText(label), value);

describe("the settings of a flow", () => {
  it("BEY-07 says whether one may enter again, and asks for days only where they count", async () => {
    const seen = open();
    await choose("再次进入", "never");
    expect(screen.queryByLabelText("间隔天数")).not.toBeInTheDocument();
    await choose("再次进入", "after");
    await fill("间隔天数", "60");
    expect(seen.spec.reentry).toEqual({ mode: "after", days: 60 });
  });

  it("keeps the days while the field is empty, so that the next digits are not written behind a 1", async () => {
    const seen = open({ reentry: { mode: "after", days: 45 } });
    await fill("间隔天数", "");
    expect(seen.spec.reentry.days).toBe(45);
    await fill("几天内达成", "14");
    expect(seen.spec.goal?.within_days).toBe(14);
  });

  it("starts each goal with a value of its own, and forgets that of the one before", async () => {
    const seen = open();
    await choose("目标", "score_below");
    expect(seen.spec.goal).toEqual({ kind: "score_below", value: 50, within_days: 30 });
    await fill("低于多少分", "35");
    expect(seen.spec.goal?.value).toBe(35);
    await choose("目标", "order");
    expect(seen.spec.goal).toEqual({ kind: "order", value: null, within_days: 30 });
    expect(screen.queryByLabelText("低于多少分")).not.toBeInTheDocument();
  });

  it("asks which activity is the goal, in the workspace's words", async () => {
    const choices = { ...kinds.choices, kinds: [{ value: "login.web", label: "登录" }] };
    const seen = stage(<SettingsForm />, { kinds: { ...kinds, choices } });
    await choose("目标", "activity");
    await userEvent.selectOptions(screen.getByLabelText("行为"), "登录");
    expect(seen.spec.goal).toMatchObject({ kind: "activity", value: "login.web" });
  });

  it("goes without a goal, and then asks for no time", async () => {
    const seen = open();
    await choose("目标", "");
    expect(seen.spec.goal).toBeNull();
    expect(screen.queryByLabelText("几天内达成")).not.toBeInTheDocument();
  });

  it("ticks and unticks what ends the flow early", async () => {
    const seen = open();
    await userEvent.click(screen.getByLabelText("客户流失"));
    await userEvent.click(screen.getByLabelText("预警关闭"));
    expect(seen.spec.exits).toEqual(["goal", "opted_out", "alert_closed"]);
  });

  it("holds a budget per customer apart from the whole one; an empty one is no limit", async () => {
    const seen = open();
    await fill("每位客户预算", "20");
    await fill("总预算", "5000");
    expect(seen.spec.budget).toEqual({ per_head: 20, total: 5000 });
    await fill("每位客户预算", "");
    expect(seen.spec.budget).toEqual({ per_head: null, total: 5000 });
  });

  it("takes a condition away without touching the other", async () => {
    const rule = { all: [] };
    const seen = open({ audience: { when: rule, exclude: rule } });
    await userEvent.click(screen.getByLabelText("排除以下客户 清除"));
    expect(seen.spec.audience).toEqual({ when: rule, exclude: null });
    expect(screen.getByLabelText("排除以下客户 添加条件")).toBeInTheDocument();
    expect(screen.getByLabelText("适用客户 编辑条件")).toBeInTheDocument();
  });

  it("says at each setting what the server finds wrong with it", () => {
    stage(<SettingsForm />, {
      problems: [
        { node: "", field: "reentry.days", message: "至少 7 天" },
        { node: "", field: "goal.within_days", message: "最多 180 天" },
        { node: "n1", field: "budget.total", message: "不是这里的" },
      ],
    });
    expect(screen.getByLabelText("间隔天数")).toHaveAccessibleDescription("至少 7 天");
    expect(screen.getByLabelText("几天内达成")).toHaveAccessibleDescription("最多 180 天");
    expect(screen.queryByText("不是这里的")).not.toBeInTheDocument();
  });
});

describe("BEY-02 the hold-out", () => {
  it("is a share in percent", async () => {
    const seen = stage(<HoldoutFields />);
    await fill("对照组比例", "15");
    expect(seen.spec.holdout.share).toBe(0.15);
    expect(screen.queryByLabelText("不留对照组的原因")).not.toBeInTheDocument();
  });

  it("asks for a reason as soon as nobody is held out", async () => {
    const seen = stage(<HoldoutFields />);
    await fill("对照组比例", "0");
    await fill("不留对照组的原因", "法规要求全部通知");
    expect(seen.spec.holdout).toEqual({ share: 0, why_none: "法规要求全部通知" });
  });
});
