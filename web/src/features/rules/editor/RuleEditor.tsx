import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSlug } from "@/shared/session/SessionContext";
import { BacktestPanel } from "../BacktestPanel";
import { mayAddPoints } from "../catalogue.logic";
import { draftOf, draftOfKept, emptyDraft, keptKey, readKept } from "../draft.logic";
import { RuleCustomers } from "../RuleCustomers";
import { missingOf } from "../tree/complete";
import { faultsByNode } from "../tree/places";
import { writeTree } from "../tree/plain";
import type { RuleTree } from "../tree/syntax";
import type { Catalogue, RuleDraft, RuleOut } from "../types";
import { ViewChips } from "../ViewChips";
import type { RuleView } from "../views";
import { BasicsForm } from "./BasicsForm";
import { CountPanel } from "./CountPanel";
import { EffectsForm } from "./EffectsForm";
import { ExpressionPanel } from "./ExpressionPanel";
import { LeaveGuard } from "./LeaveGuard";
import { RecoveredNote } from "./RecoveredNote";
import { RuleBuilder } from "./RuleBuilder";
import { RuleHead } from "./RuleHead";
import { useCount } from "./useCount";
import { useFaults } from "./useFaults";
import { useRuleHistory } from "./useRuleHistory";
import { useSaving } from "./useSaving";

export interface RuleEditorProps {
  catalogue: Catalogue;
  /** Nothing for a rule that is new. */
  rule: RuleOut | null;
  view: RuleView;
  onView: (view: RuleView) => void;
  onCreated: (rule: RuleOut) => void;
}

const PAGE_FAULTS = "";

/** The editor of one rule: conditions, effects, who matches, the rule in words, and its backtest. */
export function RuleEditor({ catalogue, rule, view, onView, onCreated }: RuleEditorProps) {
  const { t } = useTranslation("rules");
  const slug = useSlug();
  const held = useCallback(() => (rule ? draftOf(rule) : emptyDraft()), [rule]);
  const [server] = useState(held);
  const [kept, setKept] = useState(() => readKept(localStorage.getItem(keptKey(slug, rule?.id ?? null))));
  const history = useRuleHistory(() => (kept ? draftOfKept(kept) : server));
  const { draft, change } = history;
  const plain = useMemo(() => writeTree(draft.tree), [draft.tree]);
  const incomplete = missingOf(draft.tree, catalogue.typeOf).size > 0;
  const live = useCount(incomplete ? "" : JSON.stringify(plain));
  const saving = useSaving({
    rule,
    draft,
    server,
    ready: !incomplete && draft.name.trim() !== "" && live.faults.length === 0 && !live.busy,
    onChanged: (next) => settle(next),
  });
  const faults = useFaults(draft, live.faults, saving.error);
  const placed = useMemo(() => faultsByNode(draft.tree, faults), [draft.tree, faults]);
  const [strict, setStrict] = useState(false);
  const setTree = useCallback((tree: RuleTree, tag?: string) => change({ tree }, tag), [change]);
  const settle = (next: RuleDraft) => {
    history.reset(next);
    saving.settle(next);
    setKept(null);
  };
  return (
    <>
      <LeaveGuard dirty={saving.dirty} isDirty={saving.isDirty} />
      <RuleHead
        rule={rule}
        history={history}
        saving={saving}
        incomplete={incomplete}
        matched={live.count?.matched}
        onStrict={() => setStrict(true)}
        onSettled={settle}
        onCreated={onCreated}
      />
      {kept && <RecoveredNote kept={kept} onDrop={() => settle(held())} onKeep={() => setKept(null)} />}
      <div className="rule-views">
        <ViewChips value={view} onChange={onView} isNew={rule === null} />
      </div>
      {view === "backtest" && (
        <BacktestPanel subject={incomplete ? null : { kind: "rule", rule: plain, rule_id: rule?.id ?? null }} />
      )}
      {view === "customers" && rule && <RuleCustomers ruleId={rule.id} />}
      {view === "edit" && (
        <div className="rule-editor">
          <div className="stack">
            <BasicsForm
              name={draft.name}
              about={draft.about}
              strict={strict}
              onChange={(part) => change(part, `basics.${Object.keys(part)[0]}`)}
            />
            <RuleBuilder catalogue={catalogue} tree={draft.tree} onChange={setTree} faults={placed} strict={strict} />
            <EffectsForm
              effects={draft.effects}
              name={draft.name || t("form.unnamed")}
              mayAddPoints={mayAddPoints(draft.tree, catalogue)}
              faults={placed.get(PAGE_FAULTS) ?? []}
              onChange={(effects, tag) => change({ effects }, tag)}
            />
          </div>
          <div className="rule-side stack">
            <CountPanel live={live} incomplete={incomplete} />
            <ExpressionPanel count={live.count} plain={plain} />
          </div>
        </div>
      )}
    </>
  );
}
