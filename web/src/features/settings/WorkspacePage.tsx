import { Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { NoPermission } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { AlertPolicyPanel } from "./AlertPolicyPanel";

const CURRENCIES = ["CNY", "GBP", "USD", "EUR", "HKD", "JPY"] as const;
const KINDS = ["order.placed", "login", "feature.used", "page.viewed", "message.in"] as const;
const isKnown = (kind: string): kind is (typeof KINDS)[number] => KINDS.some((known) => known === kind);
const zones = () =>
  typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : ["Asia/Shanghai", "UTC"];
const plain = (value: string) => ({ value, label: value });

function useWorkspaceForm() {
  const workspace = useWorkspace();
  const [form, setForm] = useState({
    name: workspace.name,
    time_zone: workspace.time_zone,
    currency: workspace.currency,
    money_basis: workspace.money_basis,
    counting_word: workspace.counting_word as "\u5bb6" | "\u4f4d",
    churn_days: workspace.churn_days,
    churn_kinds: workspace.churn_kinds,
  });
  return {
    slug: workspace.slug,
    form,
    set: (change: Partial<typeof form>) => setForm((current) => ({ ...current, ...change })),
  };
}

type FormProps = Pick<ReturnType<typeof useWorkspaceForm>, "form" | "set">;

function MoneyFields({ form, set }: FormProps) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Field inline label={t("workspace.currency")}>
        {(control) => (
          <Select
            {...control}
            value={form.currency}
            onChange={(currency) => set({ currency })}
            options={CURRENCIES.map(plain)}
            style={{ width: 140 }}
          />
        )}
      </Field>
      <Field inline label={t("workspace.basis")} hint={t("workspace.basisHint")}>
        {(control) => (
          <Input
            {...control}
            value={form.money_basis}
            maxLength={40}
            onChange={(event) => set({ money_basis: event.target.value })}
          />
        )}
      </Field>
      <Field inline label={t("workspace.counting")}>
        {(control) => (
          <Select
            {...control}
            value={form.counting_word}
            onChange={(counting_word) => set({ counting_word })}
            options={[
              { value: "\u5bb6" as const, label: t("workspace.companies") },
              { value: "\u4f4d" as const, label: t("workspace.persons") },
            ]}
            style={{ width: 140 }}
          />
        )}
      </Field>
    </>
  );
}

function ChurnFields({ form, set }: FormProps) {
  const { t } = useTranslation("settings");
  const kinds = [...new Set([...KINDS, ...form.churn_kinds])];
  return (
    <>
      <Field inline label={t("workspace.churnDays")} hint={t("workspace.churnHint")}>
        {(control) => (
          <InputNumber
            {...control}
            min={7}
            max={730}
            value={form.churn_days}
            suffix={t("workspace.days")}
            onChange={(days) => days !== null && set({ churn_days: days })}
            style={{ width: 140 }}
          />
        )}
      </Field>
      <Field inline label={t("workspace.churnKinds")}>
        {(control) => (
          <Select
            {...control}
            mode="multiple"
            value={form.churn_kinds}
            onChange={(churn_kinds) => set({ churn_kinds })}
            options={kinds.map((value) => ({ value, label: isKnown(value) ? t(`workspace.kind.${value}`) : value }))}
            style={{ width: "100%" }}
          />
        )}
      </Field>
    </>
  );
}

/** What makes this workspace's days, money and losses. */
export function WorkspacePage() {
  const { t } = useTranslation(["settings", "common"]);
  const can = useCan();
  const refresh = useRefreshAll();
  const { slug, form, set } = useWorkspaceForm();
  const save = api.useMutation("patch", "/api/v1/w/{slug}", {
    meta: { quiet: true },
    onSuccess: () => {
      refresh();
      notifyDone(t("common:action.saved"));
    },
  });
  if (!can("workspace")) return <NoPermission />;
  return (
    <>
      <Panel title={t("settings:section.workspace")}>
        <div className="form narrow">
          <Field inline label={t("settings:workspace.name")}>
            {(control) => (
              <Input
                {...control}
                value={form.name}
                maxLength={80}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          <Field inline label={t("settings:workspace.zone")} hint={t("settings:workspace.zoneHint")}>
            {(control) => (
              <Select
                {...control}
                showSearch
                value={form.time_zone}
                onChange={(time_zone) => set({ time_zone })}
                options={zones().map(plain)}
                style={{ width: "100%" }}
              />
            )}
          </Field>
          <MoneyFields form={form} set={set} />
          <ChurnFields form={form} set={set} />
          <FormError error={save.error} />
          <div>
            <Button
              type="primary"
              disabled={!form.name.trim() || form.churn_kinds.length === 0}
              loading={save.isPending}
              onClick={() => save.mutate({ params: { path: { slug } }, body: form })}
            >
              {t("common:action.save")}
            </Button>
          </div>
        </div>
      </Panel>
      <AlertPolicyPanel />
    </>
  );
}
