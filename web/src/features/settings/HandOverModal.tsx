import { Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { useRefreshAll } from "@/shared/session/useRefreshAll";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { offerUndo } from "@/shared/ui/UndoToast";
import { HandOverPreview } from "./HandOverPreview";
import { EMPTY_HAND_OVER, type HandOverForm, handOverBody, isReady } from "./handover.logic";
import type { Person } from "./PeoplePage";
import { useHandOverUndo } from "./useHandOverUndo";

const TIERS = ["high", "mid", "low"] as const;

interface HandOverModalProps {
  person: Person;
  people: readonly Person[];
  teams: readonly Schemas["TeamOut"][];
  onClose: () => void;
}

/** 交接: which of a person's customers go to whom, seen before it is done. */
export function HandOverModal({ person, people, teams, onClose }: HandOverModalProps) {
  const { t } = useTranslation("routing");
  const { customers } = useFormat();
  const refresh = useRefreshAll();
  const undo = useHandOverUndo();
  const [form, setForm] = useState<HandOverForm>(EMPTY_HAND_OVER);
  const params = { path: { slug: useSlug(), person_id: person.id } };
  const preview = api.useMutation("post", "/api/v1/w/{slug}/people/{person_id}/handover/preview", {
    meta: { quiet: true },
  });
  const run = api.useMutation("post", "/api/v1/w/{slug}/people/{person_id}/handover", {
    meta: { quiet: true },
    onSuccess: (made) => {
      refresh();
      offerUndo(t("handover.done", { customers: customers(made.customers) }), () => undo(made.id));
      onClose();
    },
  });
  const change = (part: Partial<HandOverForm>) => {
    setForm({ ...form, ...part });
    preview.reset();
  };
  const body = handOverBody(form);
  return (
    <Modal open title={t("handover.title", { name: person.name })} footer={null} width={640} onCancel={onClose}>
      <div className="form">
        <Filters form={form} segments={preview.data?.segments ?? []} onChange={change} />
        <Target
          form={form}
          heirs={people.filter(({ id, is_active, role }) => id !== person.id && is_active && MAY_OWN.has(role))}
          teams={teams}
          onChange={change}
        />
        <p className="muted small">{t("handover.watch")}</p>
        <FormError error={preview.error ?? run.error} />
        {preview.data && <HandOverPreview preview={preview.data} />}
        <div className="row">
          <Button
            disabled={!isReady(form)}
            loading={preview.isPending}
            onClick={() => preview.mutate({ params, body })}
          >
            {t("handover.preview")}
          </Button>
          <Button
            type="primary"
            disabled={!preview.data}
            loading={run.isPending}
            onClick={() => run.mutate({ params, body })}
          >
            {t("handover.run", { count: preview.data?.customers ?? 0 })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

const MAY_OWN: ReadonlySet<string> = new Set(["manager", "supervisor"]);

interface PartProps {
  form: HandOverForm;
  onChange: (part: Partial<HandOverForm>) => void;
}

function Filters({ form, segments, onChange }: PartProps & { segments: readonly string[] }) {
  const { t } = useTranslation(["routing", "common"]);
  return (
    <>
      <Field label={t("routing:handover.tiers")}>
        {(control) => (
          <Select
            {...control}
            mode="multiple"
            value={form.tiers}
            placeholder={t("routing:handover.all")}
            options={TIERS.map((value) => ({ value, label: t(`common:tier.${value}`) }))}
            onChange={(tiers) => onChange({ tiers })}
            style={{ width: "100%" }}
          />
        )}
      </Field>
      {(segments.length > 1 || form.segments.length > 0) && (
        <Field label={t("routing:handover.segments")}>
          {(control) => (
            <Select
              {...control}
              mode="multiple"
              value={form.segments}
              placeholder={t("routing:handover.all")}
              options={segments.map((value) => ({ value, label: value }))}
              onChange={(chosen) => onChange({ segments: chosen })}
              style={{ width: "100%" }}
            />
          )}
        </Field>
      )}
      <Field label={t("routing:handover.q")}>
        {(control) => (
          <Input {...control} value={form.q} maxLength={80} onChange={(event) => onChange({ q: event.target.value })} />
        )}
      </Field>
    </>
  );
}

interface TargetProps extends PartProps {
  heirs: readonly Person[];
  teams: readonly Schemas["TeamOut"][];
}

function Target({ form, heirs, teams, onChange }: TargetProps) {
  const { t } = useTranslation("routing");
  const choose = { value: "", label: t("nobody") };
  const targets =
    form.how === "one"
      ? heirs.map(({ id, name, team }) => ({ value: String(id), label: team ? `${name} · ${team}` : name }))
      : teams.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <>
      <Field label={t("handover.how")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            className="wide"
            value={form.how}
            options={(["one", "team"] as const).map((value) => ({ value, label: t(`handover.${value}`) }))}
            onChange={(how) => onChange({ how: how === "team" ? "team" : "one", target: "" })}
          />
        )}
      </Field>
      <Field label={t(form.how === "one" ? "handover.person" : "handover.chooseTeam")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            className="wide"
            value={form.target}
            options={[choose, ...targets]}
            onChange={(target) => onChange({ target })}
          />
        )}
      </Field>
    </>
  );
}
