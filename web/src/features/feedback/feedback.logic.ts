import type { Schemas } from "@/shared/api/client";

type Answer = Schemas["FeedbackAnswer"];
type Questions = { causes: Cause[]; kept_by: Choice[]; would_return: Choice[] };
export interface Choice {
  code: string;
  text: string;
}
export interface Cause extends Choice {
  reasons: Choice[];
}

/** Satisfaction, oldest first, for a line; answers without a known scale are left out. */
export const lineOf = (answers: readonly Pick<Answer, "satisfaction">[]) =>
  answers.flatMap(({ satisfaction }) => (satisfaction === null ? [] : [satisfaction])).reverse();

export interface InterviewDraft {
  cause: string | null;
  reason: string;
  competitor: string;
  price: string;
  keptBy: string[];
  wouldReturn: string | null;
  why: string;
  improve: string;
}

export const EMPTY: InterviewDraft = {
  cause: null,
  reason: "",
  competitor: "",
  price: "",
  keptBy: [],
  wouldReturn: null,
  why: "",
  improve: "",
};

/** Another cause has other reasons. */
export const withCause = (draft: InterviewDraft, cause: string): InterviewDraft =>
  draft.cause === cause ? draft : { ...draft, cause, reason: "" };

export const isReady = ({ cause, reason }: InterviewDraft) => cause !== null && reason !== "";

export const reasonsOf = (questions: Questions | undefined, cause: string | null): Choice[] =>
  questions?.causes.find(({ code }) => code === cause)?.reasons ?? [];

export const toggled = (codes: readonly string[], code: string) =>
  codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];

/** A whole percentage, or nothing. */
export function priceOf(text: string): number | null {
  const number = Number(text);
  return text.trim() === "" || !Number.isInteger(number) ? null : number;
}

export const bodyOf = (draft: InterviewDraft, key: string): Schemas["InterviewIn"] => ({
  cause: draft.cause ?? "",
  reason: draft.reason,
  competitor: draft.competitor.trim(),
  price: priceOf(draft.price),
  kept_by: draft.keptBy,
  would_return: draft.wouldReturn ?? "",
  why: draft.why.trim(),
  improve: draft.improve.trim(),
  request_key: key,
});

/** The questions come as plain data: they are the server's to change. */
export const questionsOf = (figures: Schemas["InterviewFigures"] | undefined) =>
  figures?.questions as unknown as Questions | undefined;

export const percent = (share: number | null) => (share === null ? "—" : `${Math.round(share * 100)}%`);
