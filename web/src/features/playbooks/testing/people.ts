import type { Schemas } from "@/shared/api/client";
import type { Enrolment, Simulation, Stay } from "../types";

export const customerOf = (id: number, name: string): Schemas["CustomerRef"] => ({
  id,
  key: `C-${id}`,
  name,
  name_is_sample: false,
});

/** A customer who was called and now waits for the message. */
export const enrolmentOf = (change: Partial<Enrolment> = {}): Enrolment => ({
  id: 31,
  playbook_id: 5,
  playbook: "高价值挽留",
  version: 2,
  customer: customerOf(7, "华东灯具"),
  arm: "treated",
  status: "waiting",
  node: "n4",
  node_text: "等待 2 天",
  waiting_for: "time",
  wake_at: "2011-09-12T02:00:00Z",
  entered_at: "2011-09-08T02:00:00Z",
  ended_at: null,
  end_text: "",
  goal_at: null,
  ...change,
});

export const stayOf = (change: Partial<Enrolment> = {}, steps: Stay["steps"] = []): Stay => ({
  enrolment: enrolmentOf(change),
  steps,
});

export const simulationOf = (change: Partial<Simulation> = {}): Simulation => ({
  candidates: 60,
  entered: 44,
  holdout: 5,
  refused: [{ key: "cooling", text: "间隔未满", count: 11 }],
  days: [
    {
      day: "2011-09-10",
      acts: [
        act({ node: "n1", text: "电话回访" }),
        act({
          customer_id: 8,
          customer: "北辰家居",
          node: "n2",
          text: "日常关怀",
          verdict: "deferred",
          rule: "静默时段",
        }),
      ],
      total: 40,
      cost: 132.5,
    },
  ],
  by_node: { n1: 44 },
  messages: [{ key: "allowed", text: "可以发送", count: 39 }],
  coupons: [],
  cost: 132.5,
  assumed: ["假定无人回应"],
  ...change,
});

type Act = Simulation["days"][number]["acts"][number];

function act(change: Partial<Act>): Act {
  return {
    customer_id: 7,
    customer: "华东灯具",
    node: "n1",
    action: "work_item",
    outlet: "done",
    text: "",
    verdict: "done",
    rule: "",
    cost: 0,
    ...change,
  };
}

/** A 试运行 as the API tells of it, done unless something else is said. */
export const runOf = (part: Partial<Schemas["SimulationRunOut"]> = {}): Schemas["SimulationRunOut"] => ({
  id: 3,
  status: "done",
  progress: 1,
  stage: "",
  error: null,
  result: part.status && part.status !== "done" ? null : simulationOf(),
  ...part,
});
