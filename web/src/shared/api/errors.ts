import type { components } from "./schema";

export type ApiError = components["schemas"]["ErrorOut"];

/** No answer came, or none of ours. */
const UNREACHABLE: ApiError = { code: "unreachable", message: "", params: {}, faults: [], request_id: "" };

/** The API's own error if it is one; a network failure or a proxy's page becomes `unreachable`. */
export function asApiError(error: unknown): ApiError {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return { ...UNREACHABLE, ...error } as ApiError;
  }
  return UNREACHABLE;
}

export function faultsByPlace(error: unknown): Record<string, string> {
  const faults = asApiError(error).faults ?? [];
  return Object.fromEntries(faults.map(({ where, message }) => [where, message]));
}

/** Asking again cannot help when the server has understood and refused. */
export function isWorthRetrying(error: unknown): boolean {
  return asApiError(error).code === UNREACHABLE.code;
}

export const isForbidden = (error: unknown) => asApiError(error).code === "forbidden";
export const isMissing = (error: unknown) => asApiError(error).code.startsWith("not_found");
