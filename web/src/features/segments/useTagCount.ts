import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import { asApiError } from "@/shared/api/errors";
import { useSlug } from "@/shared/session/SessionContext";
import type { LiveCount } from "../rules/editor/useCount";
import type { Plain } from "../rules/tree/syntax";
import type { Kind } from "./segments.logic";

const PAUSE_MS = 350;
const NONE: LiveCount["faults"] = [];

/** How many a tag's rule names, asked a moment after the last change. `text` is the document as JSON; empty while it is not complete. */
export function useTagCount(kind: Kind, text: string): LiveCount {
  const slug = useSlug();
  const [asked, setAsked] = useState({ kind, text });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ kind, text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [kind, text]);
  const {
    data,
    isFetching,
    error: refused,
  } = api.useQuery(
    "post",
    "/api/v1/w/{slug}/tags/count",
    {
      params: { path: { slug } },
      body: { kind: asked.kind, rule: asked.text ? (JSON.parse(asked.text) as Plain) : {} },
    },
    { enabled: asked.text !== "", placeholderData: (last) => last },
  );
  const current = text !== "" && asked.text === text && asked.kind === kind;
  const error = current && refused ? refused : null;
  return {
    count: data,
    busy: text !== "" && (!current || isFetching),
    error,
    faults: (error && asApiError(error).faults) || NONE,
  };
}
