import type { Operations } from "../operations.logic";

type Part = Operations["parts"][number];

export const partOf = (part: Partial<Part> = {}): Part => ({
  part: "worker",
  name: "后台进程",
  state: "ok",
  text: "1 个进程在运行",
  advice: "",
  ...part,
});

export const jobOf = (part: Partial<Operations["failed"][number]> = {}): Operations["failed"][number] => ({
  id: 41,
  kind: "score",
  name: "评分",
  error: { code: "warehouse_away", message: "数据仓库没有应答", params: {}, faults: [], request_id: "" },
  attempts: 8,
  failed_at: "2026-11-22T09:30:00Z",
  request_id: "0f3a77b2",
  ...part,
});

/** A small installation where all is well. */
export const operationsOf = (part: Partial<Operations> = {}): Operations => ({
  state: "ok",
  sentence: "全部正常",
  taken_at: "2026-11-22T10:00:00Z",
  parts: [partOf(), partOf({ part: "live", name: "实时数据", state: "off", text: "还没有通过接口接入的数据" })],
  installation: null,
  queue: [],
  live: { batches: 0, rows: 0, oldest_seconds: 0, lag_p50: null, lag_p95: null, rows_per_second: null, history: [] },
  failed: [],
  outbox: [],
  sources: [],
  ...part,
});

export const installationOf = (): NonNullable<Operations["installation"]> => ({
  version: "0.1.0",
  processes: [
    {
      name: "host-1",
      kind: "worker",
      state: "ok",
      since: "2026-11-22T08:00:00Z",
      seen: "2026-11-22T09:59:58Z",
      memory_bytes: 210_000_000,
      cpu_seconds: 12,
      busy: 2,
    },
    {
      name: "web host:8600",
      kind: "web",
      state: "fail",
      since: null,
      seen: "2026-11-22T09:00:00Z",
      memory_bytes: 0,
      cpu_seconds: 0,
      busy: 0,
    },
  ],
  stores: [{ name: "warehouse", bytes: 4_200_000_000 }],
  disk_free: 80_000_000_000,
  disk_total: 200_000_000_000,
  backup_at: null,
});
