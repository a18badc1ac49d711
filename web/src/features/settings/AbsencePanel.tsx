import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug, useWorkspace } from "@/shared/session/SessionContext";
import { ErrorState } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { NativeSelect } from "@/shared/ui/NativeSelect";
import { notifyDone } from "@/shared/ui/notify";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";

type Absence = Schemas["AbsenceOut"];

/** 请假与代办: when one is away, and who stands in. */
export function AbsencePanel() {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const { membership_id: me } = useWorkspace();
  const absences = api.useQuery("get", "/api/v1/w/{slug}/absences", { params: { path: { slug } } });
  if (me === null) return null;
  const refetch = () => void absences.refetch();
  const own = (absences.data?.items ?? []).filter(({ member }) => member.id === me);
  return (
    <Panel title={t("absence.title")}>
      <div className="form narrow">
        <p className="muted">{t("absence.text")}</p>
        {absences.isPending && <SkeletonRows rows={2} />}
        {absences.isError && <ErrorState error={absences.error} retry={refetch} />}
        {absences.data && (
          <>
            {own.length === 0 && <p>{t("absence.none")}</p>}
            <ul>
              {own.map((absence) => (
                <AbsenceRow key={absence.id} absence={absence} onChanged={refetch} />
              ))}
            </ul>
            <AbsenceForm deputies={absences.data.deputies.filter(({ id }) => id !== me)} onChanged={refetch} />
          </>
        )}
      </div>
    </Panel>
  );
}

function AbsenceRow({ absence, onChanged }: { absence: Absence; onChanged: () => void }) {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const end = api.useMutation("delete", "/api/v1/w/{slug}/absences/{absence_id}", {
    onSuccess: () => {
      notifyDone(t("absence.ended"));
      onChanged();
    },
  });
  const { starts_on: from, ends_on: to, deputy } = absence;
  return (
    <li className="spread wrap">
      <span>
        {t("absence.row", { from, to, deputy: deputy.name })}{" "}
        {absence.is_now && <span className="risk-tag risk-early">{t("absence.now")}</span>}
      </span>
      <Button
        size="small"
        loading={end.isPending}
        aria-label={t("absence.endOf", { from })}
        onClick={() => end.mutate({ params: { path: { slug, absence_id: absence.id } } })}
      >
        {t("absence.end")}
      </Button>
    </li>
  );
}

function AbsenceForm({ deputies, onChanged }: { deputies: readonly Schemas["PersonRef"][]; onChanged: () => void }) {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const [form, setForm] = useState({ starts_on: "", ends_on: "", deputy: "" });
  const add = api.useMutation("post", "/api/v1/w/{slug}/absences", {
    meta: { quiet: true },
    onSuccess: () => {
      setForm({ starts_on: "", ends_on: "", deputy: "" });
      onChanged();
    },
  });
  const day = (name: "starts_on" | "ends_on", label: string) => (
    <Field inline label={label}>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={form[name]}
          onChange={(event) => setForm({ ...form, [name]: event.target.value })}
          style={{ width: 180 }}
        />
      )}
    </Field>
  );
  const { starts_on, ends_on, deputy } = form;
  const body = { starts_on, ends_on, deputy_id: Number(deputy) };
  return (
    <>
      {day("starts_on", t("absence.from"))}
      {day("ends_on", t("absence.to"))}
      <Field inline label={t("absence.deputy")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={deputy}
            options={[
              { value: "", label: t("absence.choose") },
              ...deputies.map((person) => ({
                value: String(person.id),
                label: person.team ? `${person.name} · ${person.team}` : person.name,
              })),
            ]}
            onChange={(next) => setForm({ ...form, deputy: next })}
          />
        )}
      </Field>
      <FormError error={add.error} />
      <div>
        <Button
          type="primary"
          disabled={!starts_on || !ends_on || !deputy}
          loading={add.isPending}
          onClick={() => add.mutate({ params: { path: { slug } }, body })}
        >
          {t("absence.add")}
        </Button>
      </div>
    </>
  );
}
