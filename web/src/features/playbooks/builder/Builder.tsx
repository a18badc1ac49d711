import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { LeaveGuard } from "@/features/rules/editor/LeaveGuard";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { FormError } from "@/shared/ui/FormError";
import { draftOf, emptyDraft, keptKey, readKept, sameDraft } from "../flow/draft";
import { START } from "../flow/edit";
import type { FlowSpec } from "../flow/spec";
import { bookOf } from "../flow/words";
import type { Kinds, Playbook } from "../types";
import { BuilderBar } from "./BuilderBar";
import { BuilderContext, type BuilderState } from "./BuilderContext";
import { Canvas } from "./Canvas";
import { Inspector } from "./Inspector";
import { Palette } from "./Palette";
import { ProblemList } from "./ProblemList";
import { useDraftHistory } from "./useDraftHistory";
import { useProblems } from "./useProblems";
import { useSavingDraft } from "./useSavingDraft";

export interface BuilderProps {
  kinds: Kinds;
  playbook: Playbook | null;
  onCreated: (playbook: Playbook) => void;
}

/** The builder: palette, canvas, inspector; its draft is kept here and on the server. */
export function Builder({ kinds, playbook, onCreated }: BuilderProps) {
  const { t } = useTranslation("playbooks");
  const slug = useSlug();
  const book = useMemo(() => bookOf(kinds), [kinds]);
  const [server] = useState(() => (playbook ? draftOf(playbook) : emptyDraft()));
  const [kept] = useState(() => readKept(localStorage.getItem(keptKey(slug, playbook?.id ?? null))));
  const history = useDraftHistory(() => kept ?? server);
  const { draft, change } = history;
  const saving = useSavingDraft(playbook, draft, server);
  const { problems, checked } = useProblems(draft.spec, book);
  const [selected, select] = useState<string | null>(playbook ? null : START);
  const path = { slug, playbook_id: playbook?.id ?? 0 };
  const counts = api.useQuery(
    "get",
    "/api/v1/w/{slug}/playbooks/{playbook_id}/counts",
    { params: { path } },
    { enabled: Boolean(playbook?.live), refetchInterval: 30_000 },
  );
  const changeSpec = useCallback(
    (next: (now: FlowSpec) => FlowSpec, tag?: string) => change((now) => ({ ...now, spec: next(now.spec) }), tag),
    [change],
  );
  const describe = useCallback((about: string) => change((now) => ({ ...now, about }), "about"), [change]);
  const { spec, about } = draft;
  const state: BuilderState = useMemo(
    () => ({ book, spec, about, describe, selected, select, change: changeSpec, problems, counts: counts.data }),
    [book, spec, about, describe, selected, changeSpec, problems, counts.data],
  );
  return (
    <BuilderContext value={state}>
      <LeaveGuard dirty={saving.dirty} isDirty={saving.isDirty} />
      <BuilderBar
        playbook={playbook}
        history={history}
        saving={saving}
        blocked={!checked || problems.length > 0}
        onCreated={onCreated}
      />
      {kept && !sameDraft(kept, server) && saving.dirty && (
        <p className="form-note" role="status">
          {t("build.recovered")}
        </p>
      )}
      {saving.dirty && <FormError error={saving.error} />}
      <ProblemList />
      <div className="flow-builder">
        <Palette />
        <ReactFlowProvider>
          <Canvas />
        </ReactFlowProvider>
        <Inspector />
      </div>
    </BuilderContext>
  );
}
