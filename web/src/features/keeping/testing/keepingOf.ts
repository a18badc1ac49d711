import type { Backup, Keeping, Kept, Preview } from "../keeping.logic";

export const backupOf = (part: Partial<Backup> = {}): Backup => ({
  name: "liuke-20261123-020000-000000-nightly",
  made_at: new Date(Date.now() - 3_600_000).toISOString(),
  reason: "nightly",
  bytes: 125_000_000,
  rows: 50_843,
  activities: 917_708,
  has_secret: true,
  ...part,
});

export const keptOf = (part: Partial<Kept> = {}): Kept => ({
  group: "usage",
  months: null,
  least: 6,
  rows: 1_200,
  oldest: "2024-01-05T00:00:00Z",
  ...part,
});

/** Everything kept for ever, one backup of last night. */
export const keepingOf = (part: Partial<Keeping> = {}): Keeping => ({
  backups: [backupOf()],
  nightly: 7,
  free_bytes: 40_000_000_000,
  running: null,
  failed: null,
  retention: [keptOf(), keptOf({ group: "talk", rows: 0, oldest: null }), keptOf({ group: "trade", least: 12 })],
  ...part,
});

export const previewOf = (part: Partial<Preview> = {}): Preview => ({
  rows: 340,
  going: [{ group: "usage", months: 12, since: "2025-11-23T00:00:00Z", rows: 340, customers: 21 }],
  metrics: ["首次访问至今", "两年访问"],
  metrics_total: 2,
  ...part,
});
