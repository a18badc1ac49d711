import type { Batch } from "../mapping.logic";

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
