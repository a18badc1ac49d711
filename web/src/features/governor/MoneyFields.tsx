import { Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { Panel } from "@/shared/ui/Panel";
import { capTyped, listOf, type Policy } from "./policy.logic";

interface Props {
  policy: Policy;
  onChange: (policy: Policy) => void;
}

/** Budgets, fair price, the open pixel and the dry run. */
export function MoneyFields({ policy, onChange }: Props) {
  const { t } = useTranslation("governor");
  const { currency } = useWorkspace();
  const set = (part: Partial<Policy>) => onChange({ ...policy, ...part });
  const amounts = [
    ["perHead", policy.per_head ?? "", (text: string) => set({ per_head: text || null })],
    ["perPlaybook", policy.per_playbook ?? "", (text: string) => set({ per_playbook: text || null })],
    ["smsCost", policy.costs.sms ?? "0", (text: string) => set({ costs: { ...policy.costs, sms: text || "0" } })],
    ["fairDays", String(policy.fair_days), (text: string) => set({ fair_days: capTyped(text, policy.fair_days) ?? 1 })],
  ] as const;
  return (
    <Panel title={t("money.title")}>
      <div className="form">
        {amounts.map(([name, value, save]) => (
          <Field key={name} label={t(name, { currency })}>
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                value={value}
                onChange={(event) => save(event.target.value.trim())}
              />
            )}
          </Field>
        ))}
        <Field label={t("barred")} hint={t("barredHint")}>
          {(control) => (
            <Input
              {...control}
              defaultValue={policy.barred_inputs.join(", ")}
              onBlur={(event) => set({ barred_inputs: listOf(event.target.value) })}
            />
          )}
        </Field>
        <Checkbox checked={policy.open_pixel} onChange={(event) => set({ open_pixel: event.target.checked })}>
          {t("openPixel")} <span className="muted small">{t("openPixelHint")}</span>
        </Checkbox>
        {policy.open_pixel && (
          <Field label={t("pixelNotice")} hint={t("pixelNoticeHint")}>
            {(control) => (
              <Input
                {...control}
                value={policy.pixel_notice}
                maxLength={200}
                onChange={(event) => set({ pixel_notice: event.target.value })}
              />
            )}
          </Field>
        )}
        <Checkbox checked={policy.dry_run} onChange={(event) => set({ dry_run: event.target.checked })}>
          {t("dryRun")} <span className="muted small">{t("dryRunHint")}</span>
        </Checkbox>
      </div>
    </Panel>
  );
}
