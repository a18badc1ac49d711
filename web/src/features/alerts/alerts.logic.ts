import type { Schemas } from "@/shared/api/client";
import { withoutEmpty } from "@/shared/list/values";

export type AlertRow = Schemas["AlertRow"];
export type AlertCounts = Schemas["AlertCounts"];

export const CHIPS = [
  "mine",
  "team",
  "all",
  "overdue",
  "escalated",
  "high",
  "stock",
  "snoozed",
  "unassigned",
  "closed",
] as const;
export type Chip = (typeof CHIPS)[number];

export const FILTERS = ["q", "level", "tier", "family", "segment", "owner"] as const;

/** An empty chip is the reader's own: 我负责 for those who own customers, 全部 for those who oversee them. */
export const ALERT_URL = {
  chip: "",
  q: "",
  level: "",
  tier: "",
  family: "",
  segment: "",
  owner: "",
  sort: "-expected_loss",
};
export type AlertUrl = typeof ALERT_URL;

export function usualChip(scope: Schemas["WorkspaceOut"]["scope"]): Chip {
  if (scope === "own") return "mine";
  return scope === "team" ? "team" : "all";
}

export function chipOf(text: string, scope: Schemas["WorkspaceOut"]["scope"]): Chip {
  return CHIPS.find((chip) => chip === text) ?? usualChip(scope);
}

/** 团队 and 未分配 mean nothing to a person who sees only their own customers. */
export function chipsFor(scope: Schemas["WorkspaceOut"]["scope"]): Chip[] {
  return CHIPS.filter((chip) => scope !== "own" || !["team", "all", "unassigned"].includes(chip));
}

const COUNT_OF: Record<Chip, keyof AlertCounts> = {
  mine: "mine",
  team: "team",
  all: "all",
  overdue: "overdue",
  escalated: "escalated",
  high: "high",
  stock: "stock",
  snoozed: "snoozed",
  unassigned: "unassigned",
  closed: "closed_7d",
};

export function countOf(chip: Chip, counts: AlertCounts | undefined): number | undefined {
  return counts?.[COUNT_OF[chip]];
}

const CHIP_QUERY: Record<Chip, Record<string, string | boolean>> = {
  mine: { scope: "mine" },
  team: { scope: "team" },
  all: { scope: "all" },
  overdue: { scope: "all", overdue: true },
  escalated: { scope: "all", escalated: true },
  high: { scope: "all", level: "high" },
  stock: { scope: "all", origin: "stock" },
  snoozed: { scope: "all", status: "snoozed" },
  unassigned: { scope: "all", owner: "none" },
  closed: { scope: "all", status: "closed" },
};

/** What the server is asked: the filters, narrowed by the chip. */
export function alertQuery(chip: Chip, url: AlertUrl): Record<string, string | boolean> {
  const { chip: _, ...filters } = url;
  return withoutEmpty({ status: "open", ...filters, ...CHIP_QUERY[chip] }) as Record<string, string | boolean>;
}

export interface TimeLeft {
  overdue: boolean;
  unit: "minutes" | "hours" | "days";
  count: number;
}

const MINUTE = 60_000;

/** How long until (or since) the deadline, in the one unit that matters. */
export function timeLeft(due: string, now: string): TimeLeft {
  const minutes = Math.round((Date.parse(due) - Date.parse(now)) / MINUTE);
  const size = Math.abs(minutes);
  const overdue = minutes < 0;
  if (size < 60) return { overdue, unit: "minutes", count: size };
  if (size < 48 * 60) return { overdue, unit: "hours", count: Math.floor(size / 60) };
  return { overdue, unit: "days", count: Math.floor(size / (24 * 60)) };
}

/** Only rows that are shown can be selected; a page change forgets the others. */
export function selectedOf(selected: ReadonlySet<number>, rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id).filter((id) => selected.has(id));
}
