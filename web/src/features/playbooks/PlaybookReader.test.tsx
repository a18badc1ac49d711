import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { pageOf, workspaceOf } from "@/shared/testing/fixtures";
import { renderUi } from "@/shared/testing/renderUi";
import { serve } from "@/shared/testing/server";
import { writeSpec } from "./flow/spec";
import { PlaybookReader } from "./PlaybookReader";
import { flow, kinds, playbookOf } from "./testing/fixtures";
import type { Playbook } from "./types";

const ONE = "/api/v1/w/demo/playbooks/5";
const open = (change: Partial<Playbook> = {}, permissions?: ReturnType<typeof workspaceOf>["permissions"]) => {
  serve({
    [`GET ${ONE}/counts`]: { standing: { n4: 3 }, left: {}, outlets: {} },
    [`GET ${ONE}/enrolments`]: pageOf([]),
  });
  const workspace = workspaceOf(permissions && { permissions });
  renderUi(<PlaybookReader playbook={playbookOf(change)} kinds={kinds} />, { workspace });
};
const steps = () => within(screen.getByRole("region", { name: "步骤" })).getAllByRole("listitem");
const withSpec = (change: Parameters<typeof flow>[0]): Partial<Playbook> => ({
  live: { ...(playbookOf().live as NonNullable<Playbook["live"]>), spec: writeSpec(flow(change)) },
});

describe("a flow to read", () => {
  it("begins with its trigger and numbers the steps in the order in which they are met", () => {
    open();
    expect(steps().map((step) => step.querySelector("strong")?.textContent)).toEqual([
      "触发：出现预警",
      "第 1 步：人工任务",
      "第 2 步：发送消息",
      "第 3 步：结束",
      "第 4 步：等待",
    ]);
  });

  it("tells where each way leads, with its name only where there is more than one", () => {
    open();
    const [, call, message, end] = steps();
    expect(call).toHaveTextContent("然后第 2 步");
    expect(message).toHaveTextContent("已发出 → 第 3 步");
    expect(message).toHaveTextContent("被拦下 → 第 4 步");
    expect(end).not.toHaveTextContent("→");
  });

  it("says who stands where, and nothing where nobody does", async () => {
    open();
    expect(await screen.findByText("在此 3")).toBeInTheDocument();
    expect(screen.getAllByText(/^在此/)).toHaveLength(1);
  });

  it("BEY-02 gives both arms as counts beside the share that is held out", () => {
    open(withSpec({ holdout: { share: 0.2, why_none: "" } }));
    expect(screen.getByText("进入 40 家，达成目标 9 家")).toBeInTheDocument();
    expect(screen.getByText("进入 4 家，达成目标 1 家")).toBeInTheDocument();
    expect(screen.getByText("20%")).toBeInTheDocument();
  });

  it("reads what is live, not the draft beside it", () => {
    const { live } = playbookOf();
    const draft = { ...(live as NonNullable<Playbook["live"]>), spec: writeSpec(flow({ start: "", nodes: [] })) };
    open({ draft: { ...draft, status: "draft" } });
    expect(steps()).toHaveLength(5);
    expect(screen.getByText("有未发布的修改")).toBeInTheDocument();
  });

  it("names a kind of step that this version does not know by its code", () => {
    open(withSpec({ nodes: [{ id: "n1", kind: "fax", params: {}, next: {}, at: null }] }));
    expect(screen.getByText("第 1 步：fax")).toBeInTheDocument();
  });

  it("is switched by those who may publish, and told where it is edited", () => {
    open();
    expect(screen.getByText("暂停")).toBeInTheDocument();
    expect(screen.getByText(/修改流程请在电脑上进行/)).toBeInTheDocument();
  });

  it("has no switches for the others", () => {
    open({}, ["handle"]);
    expect(screen.queryByText("暂停")).not.toBeInTheDocument();
    expect(screen.queryByText(/修改流程请在电脑上进行/)).not.toBeInTheDocument();
  });
});
