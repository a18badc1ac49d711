import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/shared/api/client";
import { asApiError, faultsByPlace } from "@/shared/api/errors";
import { whenDone } from "@/shared/list/settled";
import { useSlug, useTo } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { CompareFields } from "./CompareFields";
import { MeasureFields } from "./MeasureFields";
import { MetricPreview } from "./MetricPreview";
import { bodyOf, type Draft, type Form, type Metric, type Unit, withSpec } from "./metrics.logic";
import { useRefreshMetrics } from "./useArchiveMetric";
import { useMetricTrial } from "./useMetricTrial";

/** Faults that have no field of their own to stand beside. */
function withoutPlace(error: unknown): unknown {
  return error && !asApiError(error).faults?.length ? error : null;
}

function useSave(code: string | null) {
  const { t } = useTranslation("metrics");
  const slug = useSlug();
  const to = useTo();
  const navigate = useNavigate();
  const refresh = useRefreshMetrics();
  const create = api.useMutation("post", "/api/v1/w/{slug}/metrics", { meta: { quiet: true } });
  const edit = api.useMutation("put", "/api/v1/w/{slug}/metrics/{code}", { meta: { quiet: true } });
  const save = (draft: Draft) => {
    const body = bodyOf(draft);
    const answer: Promise<Metric> = code
      ? edit.mutateAsync({ params: { path: { slug, code } }, body })
      : create.mutateAsync({ params: { path: { slug } }, body });
    whenDone(answer, ({ name }) => {
      notifyDone(t("isSaved", { name }));
      refresh();
      navigate(to("/metrics?view=own"));
    });
  };
  return { save, busy: create.isPending || edit.isPending, error: create.error ?? edit.error };
}

/** A metric in sentence style, with what it gives on real customers beside it. `code` null: a new one. */
export function MetricEditor({ code, start, form }: { code: string | null; start: Draft; form: Form }) {
  const { t } = useTranslation(["metrics", "common"]);
  const [draft, setDraft] = useState(start);
  const { save, busy, error } = useSave(code);
  const trial = useMetricTrial(draft.spec, draft.unit);
  const faults = { ...faultsByPlace(error), ...faultsByPlace(trial.error) };
  const fields = { spec: draft.spec, form, faults, onChange: (spec: Draft["spec"]) => setDraft(withSpec(draft, spec)) };
  const units = [{ value: "", label: t("metrics:edit.unitAuto") }].concat(
    form.units.map((value) => ({ value, label: t(`metrics:unit.${value}`) })),
  );
  const ready = draft.name.trim() !== "" && !busy;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) save(draft);
  };
  return (
    <div className="metric-editor">
      <Panel title={t("metrics:edit.what")}>
        <form onSubmit={submit} className="stack">
          <Field label={t("metrics:edit.name")} hint={t("metrics:edit.nameHint")} error={faults.name}>
            {(control) => (
              <Input
                {...control}
                value={draft.name}
                maxLength={60}
                onChange={(event) => setDraft({ ...draft, name: event.target.value })}
              />
            )}
          </Field>
          <MeasureFields {...fields} />
          <CompareFields {...fields} />
          <Field label={t("metrics:edit.unit")} error={faults.unit}>
            {({ id }) => (
              <NativeSelect
                id={id}
                value={draft.unit}
                options={units}
                onChange={(unit) => setDraft({ ...draft, unit: unit as Unit | "" })}
              />
            )}
          </Field>
          <FormError error={withoutPlace(error)} />
          <div className="metric-actions">
            <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
              {t("common:action.save")}
            </Button>
          </div>
        </form>
      </Panel>
      <div className="metric-side">
        <MetricPreview preview={trial.data} busy={trial.isPending} error={trial.error} />
      </div>
    </div>
  );
}
