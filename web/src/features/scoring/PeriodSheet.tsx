import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { Sheet } from "@/shared/list/Sheet";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import type { Period } from "./CalendarTab";

type Form = Required<Schemas["CalendarPeriodIn"]>;
const KINDS = ["shutdown", "campaign", "festival", "holiday", "workday", "own"] as const;
const FIRST: Form = { kind: "shutdown", name: "", start: "", end: "", tolerant: true, lunar: false };

/** Adds a period, or overrules a known one. */
export function PeriodSheet({ period, onClose }: { period: Period | null; onClose: () => void }) {
  const { t } = useTranslation("scoring");
  const slug = useSlug();
  const [form, setForm] = useState<Form>(() => {
    if (!period) return FIRST;
    const { kind, name, start, end, tolerant, lunar } = period;
    return { kind, name, start, end, tolerant, lunar };
  });
  const set = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const quiet = { meta: { quiet: true }, onSuccess: onClose };
  const create = api.useMutation("post", "/api/v1/w/{slug}/calendar/periods", quiet);
  const update = api.useMutation("put", "/api/v1/w/{slug}/calendar/periods/{ref}", quiet);
  const save = () =>
    period
      ? update.mutate({ params: { path: { slug, ref: period.ref } }, body: form })
      : create.mutate({ params: { path: { slug } }, body: form });
  const day = (name: "start" | "end") => (
    <Field label={t(`calendar.${name}`)}>
      {(control) => (
        <Input {...control} type="date" value={form[name]} onChange={(event) => set({ [name]: event.target.value })} />
      )}
    </Field>
  );
  return (
    <Sheet
      open
      title={t(period ? "calendar.editTitle" : "calendar.addTitle")}
      onClose={onClose}
      onSave={save}
      saving={create.isPending || update.isPending}
      disabled={!form.name.trim() || !form.start || !form.end}
    >
      <Field label={t("calendar.kindLabel")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={form.kind}
            options={KINDS.map((value) => ({ value, label: t(`calendar.kind.${value}`) }))}
            onChange={(kind) => set({ kind: kind as Form["kind"] })}
          />
        )}
      </Field>
      <Field label={t("calendar.name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={40}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      {day("start")}
      {day("end")}
      <Checkbox checked={form.tolerant} onChange={(event) => set({ tolerant: event.target.checked })}>
        {t("calendar.tolerantLong")}
      </Checkbox>
      <Checkbox checked={form.lunar} onChange={(event) => set({ lunar: event.target.checked })}>
        {t("calendar.lunarLong")}
      </Checkbox>
      <FormError error={create.error ?? update.error} />
    </Sheet>
  );
}
