import createFetchClient, { type Middleware } from "openapi-fetch";
import createClient from "openapi-react-query";
import { csrfToken, needsCsrf } from "./csrf";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

let onSignedOut: () => void = () => undefined;

/** Called when the server no longer knows the session. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

const habits: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang);
    if (needsCsrf(request.method)) request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) onSignedOut();
  },
};

/** The plain client, for use outside components. */
export const fetchApi = createFetchClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});
fetchApi.use(habits);

/** `api.useQuery("get", "/api/v1/w/{slug}/alerts", { params: { path: { slug } } })`, typed from web/openapi.json. */
export const api = createClient(fetchApi);
