import type { Schemas } from "@/shared/api/client";
import type { Batch, Entity } from "../mapping.logic";
import type { Source } from "../source.logic";

export function batchOf(change: Partial<Batch> = {}): Batch {
  return {
    id: 7,
    file_name: "orders.csv",
    source_id: null,
    source: null,
    entity: "orders",
    status: "uploaded",
    encoding: "GB18030",
    delimiter: ",",
    sheets: [],
    columns: [
      { name: "Invoice", samples: ["489434"], field: "order_id", parse_rate: 1 },
      { name: "InvoiceDate", samples: ["2009-12-01 07:45"], field: "ts", parse_rate: 0.99 },
      { name: "Country", samples: ["France"], field: null, parse_rate: null },
    ],
    match_rate: 0.987,
    missing_fields: [],
    mapping: null,
    rows_total: 525_461,
    rows_new: 0,
    rows_changed: 0,
    rows_same: 0,
    rows_rejected: 0,
    seen_before_at: null,
    progress: 0,
    stage: "",
    job_id: null,
    error: null,
    created_by: "林晓雯",
    created_at: "2026-11-22T07:00:00Z",
    finished_at: null,
    ...change,
  };
}

const field = (name: string, label: string, required: boolean) => ({
  name,
  label,
  help: "",
  required,
  type: "text" as const,
  choices: [],
});

export const entities: Entity[] = [
  {
    name: "orders",
    label: "订单",
    help: "每行一个商品",
    fields: [field("order_id", "订单号", true), field("ts", "下单时间", true), field("sku", "商品编码", false)],
  },
  { name: "customers", label: "客户", help: "", fields: [field("key", "客户编号", true)] },
];

export function previewOf(change: Partial<Schemas["PreviewOut"]> = {}): Schemas["PreviewOut"] {
  return {
    fields: ["order_id", "ts"],
    rows: [["489434", "2009-12-01 07:45"]],
    rejects: [{ line: 14, reason: "客户编号为空", values: ["489439", ""] }],
    checked: 200,
    match_rate: 0.991,
    own_kinds: [],
    ...change,
  };
}

export function sourceOf(change: Partial<Source> = {}): Source {
  return {
    id: 2,
    kind: "folder",
    name: "ERP 导出目录",
    entity: "orders",
    config: { path: "/data/erp", pattern: "*.csv" },
    mapping: null,
    every_minutes: 60,
    enabled: true,
    state: "ok",
    cursor: "orders_0912.csv",
    last_run_at: "2026-11-22T07:00:00Z",
    last_success_at: "2026-11-22T07:00:00Z",
    last_error: null,
    failures: 0,
    rows_total: 92_111,
    newest_row_at: "2011-09-07T16:00:00Z",
    next_at: "2026-11-22T08:00:00Z",
    streams: [],
    ...change,
  };
}
