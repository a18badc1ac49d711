import type { Form, Metric, Preview, Spec } from "../metrics.logic";

export const specOf = (change: Partial<Spec> = {}): Spec => ({
  kinds: ["order.placed"],
  measure: "sum",
  of: "value",
  days: 90,
  skip: 0,
  shape: "plain",
  periods: 1,
  by: "",
  weeks: 3,
  drop: 0.4,
  usual_weeks: 8,
  ...change,
});

export const metricOf = (change: Partial<Metric> = {}): Metric => ({
  code: "order_amount_90",
  name: "近90天下单金额",
  group: "order",
  group_label: "订单",
  unit: "money",
  builtin: true,
  sentence: "近90天“下单”的金额合计",
  spec: specOf(),
  uses: [{ kind: "signal", id: "SIG-20", name: "下单金额下降", live: true }],
  missing: null,
  created_by: null,
  updated_at: null,
  archived: false,
  ...change,
});

export const own = metricOf({
  code: "my_login_count_30",
  name: "近30天登录",
  group: "own",
  group_label: "自定义",
  unit: "count",
  builtin: false,
  sentence: "近30天“登录”的次数",
  spec: specOf({ kinds: ["login"], measure: "count", days: 30 }),
  uses: [],
  missing: "还没有登录的数据",
  created_by: "林晓雯",
});

export const form: Form = {
  kinds: [
    { kind: "order.placed", label: "下单", seen: true },
    { kind: "login", label: "登录", seen: false },
  ],
  groups: [
    { by: "", label: "全部客户" },
    { by: "attr.industry", label: "industry" },
  ],
  measures: {
    plain: ["count", "sum", "mean", "distinct", "days_since", "days_until"],
    earlier: ["count", "sum", "mean"],
    rhythm: ["days_since"],
    peers: ["count", "sum"],
    streak: ["count"],
    trend: ["count", "sum"],
  },
  measured: ["distinct", "mean", "sum"],
  units: ["count", "money", "days", "ratio"],
};

export const listOf = (metrics = [metricOf(), own], archived: Metric[] = []) => ({ metrics, archived, form });

export const preview: Preview = {
  as_of: "2011-09-09T23:00:00Z",
  unit: "money",
  sentence: "近90天“下单”的金额合计",
  customers: 4000,
  missing: 400,
  is_sample: false,
  lowest: 0,
  p10: 10,
  p25: 120,
  median: 850,
  p75: 2400,
  p90: 9100,
  highest: 88000,
  bins: [
    { low: 0, high: 500, count: 2000 },
    { low: 500, high: 1000, count: 1600 },
  ],
  sample: [
    { customer: { id: 101, key: "C101", name: "华东灯具", name_is_sample: true }, value: 12 },
    { customer: { id: 102, key: "C102", name: "长江五金", name_is_sample: false }, value: 88000 },
  ],
  sql: "SELECT customer_id",
};
