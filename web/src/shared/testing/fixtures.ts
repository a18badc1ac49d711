import type { Schemas } from "../api/client";
import type { Session, Workspace } from "../session/SessionContext";

/** The sample workspace at its opening, as an admin sees it. */
export function workspaceOf(change: Partial<Workspace> = {}): Workspace {
  return {
    slug: "demo",
    name: "示例工作区",
    industry: "ecommerce",
    time_zone: "Europe/London",
    currency: "GBP",
    country: "GB",
    locale: "zh-CN",
    counting_word: "家",
    money_basis: "含税·下单",
    is_sample: true,
    is_simulated: true,
    now: "2011-09-09T23:00:00Z",
    clock_max: "2011-12-09T00:00:00Z",
    bands: { early: 50, medium: 70, high: 90 },
    churn_days: 180,
    churn_kinds: ["order.placed"],
    role: "admin",
    permissions: [
      "personal_data",
      "handle",
      "assign",
      "export",
      "import",
      "sources",
      "channels",
      "publish",
      "people",
      "workspace",
      "audit",
    ],
    scope: "all",
    membership_id: 1,
    ...change,
  };
}

export function sessionOf(change: Partial<Session> = {}): Session {
  return {
    needs_setup: false,
    version: "0.1.0",
    csp_nonce: "",
    me: { id: 1, email: "lin@example.com", name: "林晓雯", phone: "", language: "zh-CN", mfa_enabled: false },
    workspaces: [workspaceOf(), workspaceOf({ slug: "own", name: "华东渠道", is_sample: false, is_simulated: false })],
    ...change,
  };
}

export const stranger = () => sessionOf({ me: null, workspaces: [] });

export function jobOf(change: Partial<Schemas["JobOut"]> = {}): Schemas["JobOut"] {
  return {
    id: 5,
    kind: "clock",
    status: "running",
    progress: 0.3,
    stage: "正在评分 2011-09-11",
    result: null,
    error: null,
    created_at: "2026-11-22T07:00:00Z",
    finished_at: null,
    ...change,
  };
}

export const failure = (message: string, code = "broken"): Schemas["ErrorOut"] => ({
  code,
  message,
  params: {},
  faults: [],
  request_id: "",
});

export function pageOf<T>(items: T[], change: { next_cursor?: string | null; total?: number } = {}) {
  return { items, next_cursor: null, total: items.length, total_is_capped: false, ...change };
}
