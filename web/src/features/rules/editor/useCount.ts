import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import { asApiError } from "@/shared/api/errors";
import { useSlug } from "@/shared/session/SessionContext";
import type { Fault } from "../tree/places";
import type { Plain } from "../tree/syntax";
import type { CountOut } from "../types";

const PAUSE_MS = 350;

function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}

export interface LiveCount {
  /** The newest answer; while another is on its way, the one before. */
  count: CountOut | undefined;
  busy: boolean;
  error: unknown;
  faults: readonly Fault[];
}

const NONE: readonly Fault[] = [];

/** How many match, asked a moment after the last change. `text` is the document as JSON; empty while it is not complete. */
export function useCount(text: string): LiveCount {
  const slug = useSlug();
  const asked = useSettled(text, PAUSE_MS);
  const [last, setLast] = useState<CountOut>();
  const answer = api.useQuery(
    "post",
    "/api/v1/w/{slug}/rules/count",
    { params: { path: { slug } }, body: { rule: asked ? (JSON.parse(asked) as Plain) : {} } },
    { enabled: asked !== "" },
  );
  useEffect(() => {
    if (answer.data) setLast(answer.data);
  }, [answer.data]);
  const current = text !== "" && asked === text;
  const error: unknown = current ? answer.error : null;
  return {
    count: answer.data ?? last,
    busy: text !== "" && (!current || answer.isFetching),
    error,
    faults: error ? (asApiError(error).faults ?? NONE) : NONE,
  };
}
