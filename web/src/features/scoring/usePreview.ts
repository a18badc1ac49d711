import { useEffect } from "react";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { type ScoreConfig, writeConfig } from "./scoring.logic";

const PAUSE_MS = 500;

/** Asks the server what a changed configuration would do, half a second after the last change. */
export function usePreview(config: ScoreConfig, changed: boolean) {
  const slug = useSlug();
  const preview = api.useMutation("post", "/api/v1/w/{slug}/scoring/preview", { meta: { quiet: true } });
  const { mutate } = preview;
  useEffect(() => {
    if (!changed) return;
    const timer = setTimeout(
      () => mutate({ params: { path: { slug } }, body: { config: writeConfig(config), note: "" } }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [config, changed, mutate, slug]);
  return preview;
}
