import createFetchClient from "openapi-fetch";
import { csrfToken, needsCsrf } from "./csrf";

/** The answers of django-allauth's headless log-in that the app uses; it has its own shape, not the API's. */
export interface AuthAnswer {
  status: number;
  data?: { flows?: { id: string; is_pending?: boolean }[] };
  errors?: { code: string; param?: string; message: string }[];
}

export interface TotpAnswer {
  status: number;
  data?: { type: string };
  meta?: { secret?: string; totp_url?: string; recovery_codes_generated?: boolean };
  errors?: AuthAnswer["errors"];
}

export interface CodesAnswer {
  status: number;
  data?: { unused_codes?: string[]; unused_code_count: number };
  errors?: AuthAnswer["errors"];
}

interface Json<T> {
  content: { "application/json": T };
}

interface Call<Body, Answer = AuthAnswer> {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody: Json<Body>;
  responses: { 200: Json<Answer>; 400: Json<AuthAnswer>; 401: Json<AuthAnswer> };
}

type Ask<Answer> = Omit<Call<never, Answer>, "requestBody"> & { requestBody?: never };

interface AuthPaths {
  "/_allauth/browser/v1/auth/session": { delete: Ask<AuthAnswer> };
  "/_allauth/browser/v1/auth/login": { post: Call<{ email: string; password: string }> };
  "/_allauth/browser/v1/auth/2fa/authenticate": { post: Call<{ code: string }> };
  "/_allauth/browser/v1/auth/reauthenticate": { post: Call<{ password: string }> };
  "/_allauth/browser/v1/auth/password/request": { post: Call<{ email: string }> };
  "/_allauth/browser/v1/auth/password/reset": { post: Call<{ key: string; password: string }> };
  "/_allauth/browser/v1/account/authenticators/totp": {
    get: Ask<TotpAnswer> & { responses: { 404: Json<TotpAnswer> } };
    post: Call<{ code: string }, TotpAnswer>;
    delete: Ask<AuthAnswer>;
  };
  "/_allauth/browser/v1/account/authenticators/recovery-codes": { get: Ask<CodesAnswer> };
}

export const authApi = createFetchClient<AuthPaths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});
authApi.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang);
    if (needsCsrf(request.method)) request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
});

/** Log-in took the password and now wants the second factor. */
export function wantsSecondFactor(answer: AuthAnswer | undefined): boolean {
  return Boolean(answer?.data?.flows?.some(({ id, is_pending }) => id === "mfa_authenticate" && is_pending));
}

/** The session is too old for what was asked: the password is needed once more. */
export function wantsPassword(answer: AuthAnswer | undefined): boolean {
  return Boolean(answer?.status === 401 && answer.data?.flows?.some(({ id }) => id === "reauthenticate"));
}

export const authFault = (answer: AuthAnswer | undefined): string => answer?.errors?.[0]?.message ?? "";
