import type { Schemas } from "@/shared/api/client";
import { withoutEmpty } from "@/shared/list/values";

export type CustomerRow = Schemas["CustomerRow"];
type Scope = Schemas["WorkspaceOut"]["scope"];

export const VIEWS = ["mine", "team", "all", "high", "due", "lost"] as const;
export type View = (typeof VIEWS)[number];

/** An empty view is the reader's own: 我的 for those who own customers, 全部 for those who oversee them. */
export const CUSTOMER_URL = {
  view: "",
  q: "",
  level: "",
  tier: "",
  segment: "",
  tag: "",
  status: "",
  owner: "",
  due: "",
  sort: "-score",
};
export type CustomerUrl = typeof CUSTOMER_URL;

export const FILTERS = ["q", "level", "tier", "segment", "tag", "status", "owner", "due"] as const;
export const NO_FILTERS: Partial<CustomerUrl> = Object.fromEntries(FILTERS.map((key) => [key, ""]));
export const DUE_DAYS = ["15", "30", "60", "90"] as const;

export function viewOf(text: string, scope: Scope): View {
  const found = VIEWS.find((view) => view === text);
  if (found) return found;
  if (scope === "own") return "mine";
  return scope === "team" ? "team" : "all";
}

/** A person who sees only their own customers needs no 团队 and no 全部. */
export function viewsFor(scope: Scope): View[] {
  return VIEWS.filter((view) => scope !== "own" || !["team", "all"].includes(view));
}

const VIEW_QUERY: Record<View, Record<string, string | number>> = {
  mine: { scope: "mine" },
  team: { scope: "team" },
  all: { scope: "all" },
  high: { scope: "all", level: "high" },
  due: { scope: "all", due_within: 30, sort: "contract_ends_on" },
  lost: { scope: "all", status: "lost" },
};

export interface CustomerQuery {
  [name: string]: string | number | undefined;
}

/** What the server is asked: the view, then the filters, which win where both speak (except the pool of the lost). */
export function customerQuery(view: View, url: CustomerUrl): CustomerQuery {
  const { view: _, due, sort, ...filters } = url;
  const chosen = withoutEmpty({ ...filters, due_within: due ? Number(due) : undefined });
  const query: CustomerQuery = { status: "active", sort, ...VIEW_QUERY[view], ...chosen };
  if (view === "lost") query.status = "lost";
  if (sort !== CUSTOMER_URL.sort) query.sort = sort;
  return query;
}

/** The same list as a file. */
export function exportUrl(slug: string, query: CustomerQuery): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  return `/api/v1/w/${slug}/customers/export.csv?${search}`;
}

export const COLUMNS = [
  "reason",
  "segment",
  "annual_value",
  "expected_loss",
  "last_order_at",
  "last_activity_at",
  "contract_ends_on",
  "owner",
] as const;
export type Column = (typeof COLUMNS)[number];
export const USUAL_COLUMNS: readonly Column[] = [
  "reason",
  "segment",
  "annual_value",
  "last_order_at",
  "contract_ends_on",
  "owner",
];

export interface TableHabits {
  columns: Column[];
  density: "middle" | "small";
}

/** What this browser remembers of the table; anything unknown falls back. */
export function readHabits(text: string | null): TableHabits {
  const usual: TableHabits = { columns: [...USUAL_COLUMNS], density: "middle" };
  if (!text) return usual;
  try {
    const stored = JSON.parse(text) as Partial<TableHabits>;
    const columns = Array.isArray(stored.columns)
      ? COLUMNS.filter((column) => stored.columns?.includes(column))
      : usual.columns;
    return { columns, density: stored.density === "small" ? "small" : "middle" };
  } catch {
    return usual;
  }
}
