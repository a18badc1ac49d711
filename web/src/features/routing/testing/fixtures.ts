import type { Schemas } from "@/shared/api/client";
import { newRoute, type Plan, type Route } from "../routing.logic";

export const routeOf = (change: Partial<Route> = {}): Route => ({ ...newRoute(), ...change });

export const planOf = (change: Partial<Plan> = {}): Plan => ({
  routes: [
    routeOf({ name: "大客户高危", tiers: ["high"], tell: ["owner", "supervisors"], sla_hours: 8 }),
    routeOf({ name: "投诉", levels: [], families: ["service"], tell: ["team:3"], channels: [], pace: "digest" }),
    routeOf({ levels: [] }),
  ],
  hours: { starts: "09:00", ends: "18:00" },
  ladder: {
    enabled: true,
    levels: ["high", "medium"],
    steps: [
      { hours: 0, tell: ["owner"] },
      { hours: 8, tell: ["supervisors"] },
    ],
  },
  team_digest: true,
  ...change,
});

export const routingOf = (change: Partial<Schemas["RoutingOut"]> = {}): Schemas["RoutingOut"] => ({
  number: 2,
  plan: planOf(),
  published_by: { id: 1, name: "林晓雯", team: null },
  published_at: "2011-09-08T02:00:00Z",
  note: "",
  options: {
    tell: [
      { value: "owner", label: "负责人" },
      { value: "supervisors", label: "负责人的主管" },
      { value: "team:3", label: "质检组的主管" },
    ],
    channels: [
      { value: "all", label: "所有已启用的渠道" },
      { value: "id:4", label: "值班群机器人" },
    ],
    teams: [{ value: "3", label: "质检组" }],
    families: [{ value: "service", label: "服务不满" }],
    signals: [{ value: "SIG-50", label: "SIG-50 竞品关键词" }],
  },
  ...change,
});

export const previewOf = (): Schemas["RoutingPreviewOut"] => ({
  total: 3,
  rows: [
    {
      row: 0,
      alerts: 2,
      nobody: 1,
      channels: ["值班群机器人"],
      sample: [
        {
          alert_id: 9,
          customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
          level: "high",
          tier: "high",
          expected_loss: 900,
          told: [{ id: 1, name: "陈嘉豪", team: null }],
        },
      ],
    },
    { row: 1, alerts: 1, nobody: 0, channels: [], sample: [] },
    { row: 2, alerts: 0, nobody: 0, channels: [], sample: [] },
  ],
});
