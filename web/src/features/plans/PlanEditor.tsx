import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { EditorPanel } from "./EditorPanel";
import { FitFields, Ticks } from "./FitFields";
import {
  emptyPlan,
  emptyStep,
  type Pack,
  type PlanTemplate,
  planBody,
  planReady,
  replaced,
  toggled,
} from "./plans.logic";
import { StepFields } from "./StepFields";
import { useSaving } from "./usePlanTemplates";

export interface PlanEditorProps {
  /** Null: a new one. */
  plan: PlanTemplate | null;
  packs: readonly Pack[];
  onClose: () => void;
}

/** A checklist template: name, for whom, steps. A shipped one is kept as the workspace's own version. */
export function PlanEditor({ plan, packs, onClose }: PlanEditorProps) {
  const { t } = useTranslation("plans");
  const slug = useSlug();
  const [draft, setDraft] = useState<Schemas["PlanBody"]>(() => plan ?? emptyPlan());
  const options = useSaving(onClose);
  const create = api.useMutation("post", "/api/v1/w/{slug}/plans", options);
  const update = api.useMutation("put", "/api/v1/w/{slug}/plans/{code}", options);
  const body = planBody(draft);
  const save = () =>
    plan
      ? update.mutate({ params: { path: { slug, code: plan.code } }, body })
      : create.mutate({ params: { path: { slug } }, body });
  const set = (part: Partial<Schemas["PlanBody"]>) => setDraft({ ...draft, ...part });
  const setStep = (at: number, step: Schemas["StepSpecBody"] | null) => set({ steps: replaced(draft.steps, at, step) });
  return (
    <EditorPanel
      title={plan ? t("editNamed", { name: plan.name }) : t("new.plans")}
      draft={draft}
      onChange={set}
      ready={planReady(draft)}
      saving={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onSave={save}
      onClose={onClose}
    >
      <FitFields tiers value={draft} onChange={set} />
      <Ticks
        label={t("packs")}
        items={packs.map(({ code, name }) => ({ key: code, label: name }))}
        value={draft.packs}
        onChange={(code) => set({ packs: toggled(draft.packs, code) })}
      />
      <ol className="plan-steps">
        {draft.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step of a template has no name but its place
          <li key={at}>
            <StepFields
              step={step}
              n={at + 1}
              onChange={(changed) => setStep(at, changed)}
              onRemove={() => setStep(at, null)}
            />
          </li>
        ))}
      </ol>
      <Button icon={<Icon of={PlusOutlined} />} onClick={() => set({ steps: [...draft.steps, emptyStep()] })}>
        {t("addStep")}
      </Button>
    </EditorPanel>
  );
}
