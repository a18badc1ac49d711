import { useEffect, useMemo, useState } from "react";
import { asApiError } from "@/shared/api/errors";
import type { Fault } from "../tree/places";
import type { RuleDraft } from "../types";

const NONE: readonly Fault[] = [];

/** What the server finds wrong: while editing from the count, after a save that it refused from its answer, until the next change. */
export function useFaults(draft: RuleDraft, counting: readonly Fault[], refused: unknown): readonly Fault[] {
  const [answered, setAnswered] = useState<{ draft: RuleDraft; faults: readonly Fault[] } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer is tied to the draft of its moment
  useEffect(() => {
    setAnswered(refused ? { draft, faults: asApiError(refused).faults ?? NONE } : null);
  }, [refused]);
  const saved = answered?.draft === draft ? answered.faults : NONE;
  return useMemo(() => {
    const places = new Set(counting.map(({ where }) => where));
    return [...counting, ...saved.filter(({ where }) => !places.has(where))];
  }, [counting, saved]);
}
