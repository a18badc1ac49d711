import type { Schemas } from "@/shared/api/client";

type Request = Pick<Schemas["PersonRequestOut"], "finished_at" | "job" | "left" | "kind">;

export type State = "running" | "failed" | "done" | "left";

/** Where a request stands; `left`: an erasure that found something of the person in the end. */
export function stateOf({ finished_at, job, left }: Request): State {
  if (finished_at) return left.length > 0 ? "left" : "done";
  return job && (job.status === "failed" || job.status === "cancelled") ? "failed" : "running";
}

export const isOver = (request: Request) => stateOf(request) !== "running";

export interface EraseDraft {
  confirm: string;
  reason: string;
}

/** The name has to be typed as it stands; a reason has to be given. */
export function mayErase(draft: EraseDraft, confirm: string): boolean {
  return confirm !== "" && draft.confirm.trim() === confirm.trim() && draft.reason.trim() !== "";
}

export const total = (rows: readonly { n: number }[]) => rows.reduce((sum, { n }) => sum + n, 0);

/** The first digits are enough to compare by eye; the whole lies in the title. */
export const shortProof = (proof: string) => (proof ? `${proof.slice(0, 12)}…` : "");

export const archiveOf = (slug: string, id: number) => `/api/v1/w/${slug}/person-requests/${id}/archive.zip`;

/** Who is meant: 0 is the customer as a whole, a contact's id that contact. */
export const aboutOf = (contact: number) => (contact === 0 ? {} : { contact_id: contact });
