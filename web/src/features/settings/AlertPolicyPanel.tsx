import { Button, InputNumber, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";

type Policy = Schemas["AlertPolicyOut"];

const NUMBERS = [
  "pushes_per_owner_and_day",
  "stock_releases_per_owner_and_day",
  "close_margin_points",
  "close_after_days",
  "repeat_after_days",
] as const;
const LEVELS = ["early", "medium", "high"] as const;
const MOST = 365;

function Editor({ policy }: { policy: Policy }) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const [form, setForm] = useState(policy);
  const save = api.useMutation("patch", "/api/v1/w/{slug}", {
    meta: { quiet: true },
    onSuccess: () => notifyDone(t("common:action.saved")),
  });
  return (
    <div className="form narrow">
      {NUMBERS.map((key) => (
        <Field key={key} inline label={t(`settings:policy.${key}`)}>
          {(control) => (
            <InputNumber
              {...control}
              min={0}
              max={MOST}
              value={form[key]}
              onChange={(value) => value !== null && setForm({ ...form, [key]: value })}
            />
          )}
        </Field>
      ))}
      {LEVELS.map((level) => (
        <Field
          key={level}
          inline
          label={t("settings:policy.sla", { level: t(`common:level.${level}`) })}
          hint={t("settings:policy.slaHint")}
        >
          {(control) => (
            <InputNumber
              {...control}
              min={0}
              max={24 * MOST}
              value={form.sla_hours[level]}
              onChange={(hours) =>
                hours !== null && setForm({ ...form, sla_hours: { ...form.sla_hours, [level]: hours } })
              }
            />
          )}
        </Field>
      ))}
      <Field inline label={t("settings:policy.baseline")} hint={t("settings:policy.baselineHint")}>
        {({ id }) => (
          <Switch
            id={id}
            checked={form.baseline_notice}
            onChange={(baseline_notice) => setForm({ ...form, baseline_notice })}
            checkedChildren={t("common:action.enable")}
            unCheckedChildren={t("common:action.disable")}
          />
        )}
      </Field>
      <FormError error={save.error} />
      <div>
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => save.mutate({ params: { path: { slug } }, body: { alert_policy: { ...form } } })}
        >
          {t("common:action.save")}
        </Button>
      </div>
    </div>
  );
}

/** ALT-12: how many alerts reach a person, and when an alert closes. */
export function AlertPolicyPanel() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const policy = api.useQuery("get", "/api/v1/w/{slug}/alert-policy", { params: { path: { slug } } });
  return (
    <Panel title={t("policy.title")}>
      <p className="muted" style={{ marginBottom: 12 }}>
        {t("policy.text")}
      </p>
      {policy.isPending && <SkeletonRows rows={4} />}
      {policy.isError && <ErrorState error={policy.error} retry={() => void policy.refetch()} />}
      {policy.data && <Editor policy={policy.data} />}
    </Panel>
  );
}
