import type { Schemas } from "@/shared/api/client";

type Dashboard = Schemas["DashboardOut"];
type Alert = Schemas["AlertRow"];

export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    id: 1,
    customer: { id: 101, key: "C-12001", name: "杭州云栖贸易有限公司", name_is_sample: true },
    tier: "high",
    segment: "United Kingdom",
    owner: { id: 2, name: "陈嘉豪", team: "华东组" },
    status: "open",
    origin: "live",
    level: "high",
    score: 94.2,
    delta_7d: 6,
    history: [60, 70, 94],
    top_reason: "近30天下单金额下降62%",
    main_family: "consumption",
    annual_value: 200_000,
    expected_loss: 86_400,
    opened_at: "2011-09-08T08:00:00Z",
    due_at: "2011-09-10T08:00:00Z",
    is_overdue: false,
    pushed_at: null,
    snoozed_until: null,
    closed_at: null,
    close_reason: "",
    work_item_id: 7,
    work_status: "todo",
    verdict: null,
    escalation_step: 0,
    stands_in: false,
    is_adjusted: false,
    ...change,
  };
}

const kpi = (
  key: Schemas["KpiOut"]["key"],
  value: number,
  unit: Schemas["KpiOut"]["unit"],
  change: Partial<Schemas["KpiOut"]> = {},
): Schemas["KpiOut"] => ({
  key,
  value,
  unit,
  delta: 0.082,
  good: "down",
  spark: [1, 2, 3],
  basis: "在册客户",
  note: "",
  ...change,
});

export function dashboardOf(change: Partial<Dashboard> = {}): Dashboard {
  return {
    as_of: "2011-09-09T23:00:00Z",
    customers: 2850,
    kpis: [
      kpi("high_risk_customers", 66, "customers"),
      kpi("open_alerts", 1119, "alerts", { delta: null, note: "47 条超时" }),
      kpi("value_at_high_risk", 56_000, "money", { delta: -0.036 }),
      kpi("churn_rate", 6.7, "percent", { delta: 0.43 }),
      kpi("retention_rate", 93.3, "percent", { delta: -0.43, good: "up" }),
    ],
    trend: [
      {
        day: "2011-07-01",
        churn_rate: 6.1,
        retention_rate: 93.9,
        active_customers: 900,
        orders: 1400,
        lost: 170,
        opening: 2780,
        complete: true,
      },
      {
        day: "2011-08-01",
        churn_rate: 7.3,
        retention_rate: 92.7,
        active_customers: 950,
        orders: 1500,
        lost: 204,
        opening: 2791,
        complete: true,
      },
      {
        day: "2011-09-01",
        churn_rate: 1.9,
        retention_rate: 98.1,
        active_customers: 300,
        orders: 410,
        lost: 53,
        opening: 2800,
        complete: false,
      },
    ],
    levels: { normal: 1783, early: 531, medium: 470, high: 66 },
    histogram: [
      { start: 0, count: 1079, level: "normal" },
      { start: 90, count: 69, level: "high" },
    ],
    heat_map: {
      families: ["consumption", "interaction"],
      segments: ["United Kingdom", "France"],
      cells: [
        { family: "consumption", segment: "United Kingdom", share: 0.62, count: 31, of: 50 },
        { family: "interaction", segment: "France", share: 0.1, count: 1, of: 10 },
      ],
    },
    top: [
      alertOf(),
      alertOf({
        id: 2,
        owner: null,
        is_overdue: true,
        customer: { id: 102, key: "C-2", name: "深圳博睿", name_is_sample: false },
      }),
    ],
    checklist: [
      { key: "sample", done: true, link: "/dashboard" },
      { key: "first_alert", done: false, link: "/alerts" },
    ],
    segments: ["United Kingdom", "France"],
    stock_open: 128,
    stale_sources: [],
    ...change,
  };
}
