import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

type Answer = unknown | ((asked: Asked) => unknown);

/** An answer with another status than 200. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

export const refuse = (
  status: number,
  code: string,
  message = code,
  faults: { where: string; message: string }[] = [],
  request_id = "",
) => new Refusal(status, { code, message, params: {}, faults, request_id });

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get("Content-Type") ?? "";
  if (type.includes("json")) return request.json().catch(() => undefined);
  return type.includes("form-data") ? "form" : undefined;
}

/**
 * Stands in for the server: `serve({ "GET /api/v1/w/demo/today": today })`. Whatever is not listed answers 404.
 * Returns the list of what was asked, in order.
 */
export function serve(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const call = { method: request.method, path: url.pathname, query: url.searchParams, body: await bodyOf(request) };
    asked.push(call);
    const found = answers[`${call.method} ${call.path}`];
    const answer = typeof found === "function" ? found(call) : found;
    if (answer instanceof Refusal) return Response.json(answer.body, { status: answer.status });
    if (answer === undefined)
      return Response.json({ code: "not_found", message: call.path, params: {}, faults: [] }, { status: 404 });
    return Response.json(answer);
  });
  return asked;
}

/** The bodies that were sent with one method and path. */
export function sent(asked: readonly Asked[], call: string): unknown[] {
  return asked.filter(({ method, path }) => `${method} ${path}` === call).map(({ body }) => body);
}
