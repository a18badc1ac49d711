import type { Schemas } from "@/shared/api/client";

export type Renewal = Schemas["RenewalRow"];
export type Status = Renewal["status"];
export type Bucket = Schemas["RenewalBucket"];
type Scope = Schemas["WorkspaceOut"]["scope"];

export const WINDOWS = ["overdue", "15", "30", "60", "90"] as const;
export type Window = (typeof WINDOWS)[number];
export const STATUSES = ["not_started", "talking", "quoted", "renewed", "declined"] as const;
export const SCOPES = ["mine", "team", "all"] as const;
export type Whose = (typeof SCOPES)[number];

export const RENEWAL_URL = { window: "90", status: "", scope: "", sort: "ends_on" };
export type RenewalUrl = typeof RENEWAL_URL;

export function windowOf(text: string): Window {
  return WINDOWS.find((window) => window === text) ?? "90";
}

/** Empty = the reader's own: 我的 for those who own customers, everything they may see for the others. */
export function whoseOf(text: string, scope: Scope): Whose {
  const found = SCOPES.find((whose) => whose === text);
  if (found) return found;
  return scope === "own" ? "mine" : scope === "team" ? "team" : "all";
}

export function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}

export interface Progress {
  status: Status;
  reason: string;
  nextStep: string;
  nextStepOn: string;
  /** Percent as typed; empty = the usual of the status. */
  forecast: string;
}

export function progressOf(row: Renewal): Progress {
  return {
    status: row.status,
    reason: row.reason,
    nextStep: row.next_step,
    nextStepOn: row.next_step_on ?? "",
    forecast: row.forecast_is_default ? "" : String(Math.round(row.forecast * 100)),
  };
}

/** 不续 needs a reason; a forecast is a percentage. */
export function isReady({ status, reason, forecast }: Progress): boolean {
  if (status === "declined" && !reason.trim()) return false;
  if (forecast === "") return true;
  const percent = Number(forecast);
  return Number.isFinite(percent) && percent >= 0 && percent <= 100;
}

/** Only what the person changed is sent; the server leaves absent fields alone. */
export function patchOf(before: Renewal, after: Progress): Schemas["RenewalPatch"] {
  const was = progressOf(before);
  return {
    ...(after.status !== was.status && { status: after.status }),
    ...(after.reason.trim() !== was.reason && { reason: after.reason.trim() }),
    ...(after.nextStep.trim() !== was.nextStep && { next_step: after.nextStep.trim() }),
    ...(after.nextStepOn !== was.nextStepOn && after.nextStepOn && { next_step_on: after.nextStepOn }),
    ...(after.forecast !== was.forecast && after.forecast !== "" && { forecast: Number(after.forecast) / 100 }),
  };
}

/** Renewed or declined: nothing left to do before the end. */
export function isDecided({ status }: Pick<Renewal, "status">): boolean {
  return status === "renewed" || status === "declined";
}

/** "3 not started, 2 talking", for the name of a bucket's card. */
export function openCount(bucket: Bucket): number {
  return STATUSES.filter((status) => !isDecided({ status })).reduce(
    (sum, status) => sum + (bucket.by_status[status] ?? 0),
    0,
  );
}
