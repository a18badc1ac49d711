import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { writeSpec } from "../flow/spec";
import { flow } from "../testing/fixtures";
import { runOf, simulationOf } from "../testing/people";
import type { Simulation } from "../types";
import { SimulateDrawer } from "./SimulateDrawer";

const RUN = "POST /api/v1/w/demo/playbooks/simulations";
const ONE = "/api/v1/w/demo/playbooks/simulations/3";
const queued = runOf({ status: "queued", progress: 0, result: null });
const open = (
  result: Simulation | null = simulationOf(),
  playbookId: number | null = 5,
  more: Record<string, unknown> = {},
) => {
  const asked = serve({ [RUN]: queued, [`GET ${ONE}`]: runOf({ result }), ...more });
  renderUi(<SimulateDrawer open spec={flow()} playbookId={playbookId} onClose={() => undefined} />);
  return asked;
};
const run = async () => {
  await userEvent.click(screen.getByText("开始推演"));
  return screen.findByLabelText("推演结果");
};

describe("a flow's trial", () => {
  it("asks nothing before it is started", async () => {
    const asked = open();
    expect(await screen.findByText(/不发送也不写入任何内容/)).toBeInTheDocument();
    expect(asked).toHaveLength(0);
  });

  it("sends the flow as it stands here, saved or not", async () => {
    const asked = open(simulationOf(), null);
    await run();
    expect(sent(asked, RUN)[0]).toEqual({
      spec: JSON.parse(JSON.stringify(writeSpec(flow()))),
      playbook_id: null,
      days: 30,
      limit: 5000,
      response: 0,
    });
  });

  it("takes days, and the share that answers as percent; an emptied field keeps what was there", async () => {
    const asked = open();
    await fill("推演天数", "14");
    await fill("推演天数", "7");
    await fill("假定有回应的比例", "25");
    await run();
    expect(sent(asked, RUN)[0]).toMatchObject({ days: 7, response: 0.25 });
  });

  it("BEY-02 tells who would be treated apart from who would be held out", async () => {
    open();
    await run();
    expect(screen.getByTestId("sim-entered")).toHaveTextContent("44 家");
    expect(screen.getByTestId("sim-holdout")).toHaveTextContent("5 家");
    expect(screen.getByText("60 家")).toBeInTheDocument();
  });

  it("BEY-07 counts why the others would not enter", async () => {
    open();
    expect(within(await run()).getByText("间隔未满 11")).toBeInTheDocument();
  });

  it("BEY-08 says which rule puts a message off", async () => {
    open();
    const day = within(await run()).getByLabelText("2011-09-10");
    const [call, message] = within(day).getAllByRole("listitem");
    expect(call).toHaveTextContent(/^华东灯具 电话回访$/);
    expect(message).toHaveTextContent("北辰家居 日常关怀推迟发送 · 静默时段");
    expect(within(day).getByText("北辰家居")).toHaveAttribute("href", "/w/demo/customers/8");
  });

  it("does not hide that a day has more steps than it lists, nor what it costs and assumes", async () => {
    open();
    const result = await run();
    expect(within(result).getByText("40 步，成本 £132.50")).toBeInTheDocument();
    expect(within(result).getByText("另有 38 步未列出")).toBeInTheDocument();
    expect(within(result).getByText("假定无人回应")).toBeInTheDocument();
  });

  it("says so when nothing would be done", async () => {
    open(simulationOf({ days: [], refused: [], messages: [] }));
    const result = await run();
    expect(within(result).getByText("这些天里没有步骤会执行")).toBeInTheDocument();
    expect(within(result).queryByText(/未进入原因/)).not.toBeInTheDocument();
  });

  it("says why it could not be started, and shows the result when it can", async () => {
    let broken = true;
    open(simulationOf(), 5, { [RUN]: () => (broken ? refuse(422, "playbook", "流程没有起点") : queued) });
    await userEvent.click(screen.getByText("开始推演"));
    expect(await screen.findByText("流程没有起点")).toBeInTheDocument();
    broken = false;
    await run();
    await waitFor(() => expect(screen.queryByText("流程没有起点")).not.toBeInTheDocument());
  });

  it("tells how far it is and can be stopped, without showing half a result", async () => {
    let stopped = false;
    const going = runOf({ status: "running", progress: 0.4, stage: "推演第 12 天，共 30 天", result: null });
    const asked = open(null, 5, {
      [`GET ${ONE}`]: () => (stopped ? runOf({ status: "cancelled", result: null }) : going),
      [`POST ${ONE}/cancel`]: () => {
        stopped = true;
        return runOf({ status: "cancelled", result: null });
      },
    });
    await userEvent.click(screen.getByText("开始推演"));
    expect(await screen.findByText(/推演第 12 天/)).toBeInTheDocument();
    await userEvent.click(screen.getByText("停止推演"));
    expect(await screen.findByText("已停止推演")).toBeInTheDocument();
    expect(sent(asked, `POST ${ONE}/cancel`)).toHaveLength(1);
    expect(screen.queryByLabelText("推演结果")).not.toBeInTheDocument();
  });

  it("says why it failed", async () => {
    const error = { code: "playbook", message: "流程有误", params: {}, faults: [], request_id: "" };
    open(null, 5, { [`GET ${ONE}`]: runOf({ status: "failed", error, result: null }) });
    await userEvent.click(screen.getByText("开始推演"));
    expect(await screen.findByText("流程有误")).toBeInTheDocument();
  });
});
