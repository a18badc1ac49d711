import { useEffect } from "react";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { bodyOf, type Spec, type Unit } from "./metrics.logic";

const PAUSE_MS = 500;

/** Asks what a description gives on real customers, half a second after the last change. The name does not matter for it. */
export function useMetricTrial(spec: Spec, unit: Unit | "") {
  const slug = useSlug();
  const trial = api.useMutation("post", "/api/v1/w/{slug}/metrics/preview", { meta: { quiet: true } });
  const { mutate } = trial;
  useEffect(() => {
    const timer = setTimeout(
      () => mutate({ params: { path: { slug } }, body: bodyOf({ name: "", unit, spec }) }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [spec, unit, mutate, slug]);
  return trial;
}
