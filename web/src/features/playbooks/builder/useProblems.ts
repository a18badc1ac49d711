import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { type Problem, problemsOf } from "../flow/problems";
import { type FlowSpec, type Plain, writeSpec } from "../flow/spec";
import { type Book, openOutlet } from "../flow/words";

const PAUSE_MS = 400;

/** What the server finds wrong, a moment after the last change; `checked` is false while that is not known. */
export function useProblems(spec: FlowSpec, book: Book): { problems: readonly Problem[]; checked: boolean } {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const text = useMemo(() => JSON.stringify(writeSpec(spec)), [spec]);
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = api.useQuery(
    "post",
    "/api/v1/w/{slug}/playbooks/problems",
    { params: { path: { slug } }, body: { spec: JSON.parse(asked) as Plain } },
    { placeholderData: (before) => before },
  );
  const problems = useMemo(
    () =>
      problemsOf(spec, answer.data?.faults ?? []).map((problem) => {
        const outlet = openOutlet(book, spec, problem);
        return outlet === undefined ? problem : { ...problem, message: t("problems.unlinked", { outlet }) };
      }),
    [spec, book, answer.data, t],
  );
  return { problems, checked: asked === text && answer.isSuccess && !answer.isPlaceholderData };
}
