import type { Schemas } from "@/shared/api/client";

/** A finished erasure of customer 7; `change` says what is otherwise. */
export function requestOf(change: Partial<Schemas["PersonRequestOut"]> = {}): Schemas["PersonRequestOut"] {
  return {
    id: 3,
    kind: "erase",
    subject: "customer",
    customer_id: 7,
    contact_id: null,
    reason: "本人依法要求删除",
    by: "李敏",
    created_at: "2011-09-08T02:00:00Z",
    finished_at: "2011-09-08T02:01:00Z",
    job: null,
    rows: [
      { section: "profile", label: "档案与标签", n: 3 },
      { section: "work", label: "任务、跟进与备注", n: 4 },
    ],
    left: [],
    searched: 120,
    proof: "0123456789abcdef0123456789abcdef",
    file: false,
    expires_at: null,
    lifted_at: null,
    lifted_by: "",
    lifted_reason: "",
    ...change,
  };
}

export function jobOf(change: Partial<Schemas["JobOut"]> = {}): Schemas["JobOut"] {
  return {
    id: 9,
    kind: "person_erase",
    status: "running",
    progress: 0.4,
    stage: "删除行为与评分",
    result: null,
    error: null,
    created_at: "2011-09-08T02:00:00Z",
    finished_at: null,
    ...change,
  };
}
