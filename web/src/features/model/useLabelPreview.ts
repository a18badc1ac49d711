import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import type { Definition } from "./model.logic";

const PAUSE_MS = 600;

/** What a definition would find, asked a moment after its last change. */
export function useLabelPreview(definition: Definition) {
  const slug = useSlug();
  const [settled, setSettled] = useState(definition);
  useEffect(() => {
    if (settled === definition) return;
    const timer = setTimeout(() => setSettled(definition), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [definition, settled]);
  return api.useQuery(
    "post",
    "/api/v1/w/{slug}/model/preview",
    { params: { path: { slug } }, body: settled },
    { placeholderData: keepPreviousData, staleTime: 60_000, retry: false },
  );
}
