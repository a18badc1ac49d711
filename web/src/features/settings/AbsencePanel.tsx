import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug, useWorkspace } from "@/shared/session/SessionContext";
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
  const can = useCan();
  const { membership_id: me } = useWorkspace();
  const absences = api.useQuery("get", "/api/v1/w/{slug}/absences", { params: { path: { slug } } });
  if (me === null) return null;
  const refetch = () => void absences.refetch();
  const leads = can("assign") || can("people");
  const shown = (absences.data?.items ?? []).filter(({ member }) => leads || member.id === me);
  return (
    <Panel title={t("absence.title")}>
      <div className="form narrow">
        <p className="muted">{t("absence.text")}</p>
        {absences.isPending && <SkeletonRows rows={2} />}
        {absences.isError && <ErrorState error={absences.error} retry={refetch} />}
        {absences.data && (
          <>
            {shown.length === 0 && <p>{t("absence.none")}</p>}
            <ul>
              {shown.map((absence) => (
                <AbsenceRow key={absence.id} absence={absence} isOwn={absence.member.id === me} onChanged={refetch} />
              ))}
            </ul>
            <AbsenceForm me={me} leads={leads} people={absences.data.deputies} onChanged={refetch} />
          </>
        )}
      </div>
    </Panel>
  );
}

interface AbsenceRowProps {
  absence: Absence;
  isOwn: boolean;
  onChanged: () => void;
}

function AbsenceRow({ absence, isOwn, onChanged }: AbsenceRowProps) {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const end = api.useMutation("delete", "/api/v1/w/{slug}/absences/{absence_id}", {
    onSuccess: () => {
      notifyDone(t("absence.ended"));
      onChanged();
    },
  });
  const { starts_on: from, ends_on: to, deputy, member } = absence;
  const said = { name: member.name, from, to, deputy: deputy.name };
  return (
    <li className="spread wrap">
      <span>
        {t(isOwn ? "absence.row" : "absence.rowOf", said)}{" "}
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

interface AbsenceFormProps {
  me: number;
  /** Whether the reader may enter the absences of others. */
  leads: boolean;
  people: readonly Schemas["PersonRef"][];
  onChanged: () => void;
}

const named = ({ id, name, team }: Schemas["PersonRef"]) => ({
  value: String(id),
  label: team ? `${name} · ${team}` : name,
});

function AbsenceForm({ me, leads, people, onChanged }: AbsenceFormProps) {
  const { t } = useTranslation("routing");
  const slug = useSlug();
  const empty = { starts_on: "", ends_on: "", deputy: "", member: "" };
  const [form, setForm] = useState(empty);
  const add = api.useMutation("post", "/api/v1/w/{slug}/absences", {
    meta: { quiet: true },
    onSuccess: () => {
      setForm(empty);
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
  const { starts_on, ends_on, deputy, member } = form;
  const away = member ? Number(member) : me;
  const body = { starts_on, ends_on, deputy_id: Number(deputy), member_id: away };
  return (
    <>
      {leads && (
        <Field inline label={t("absence.who")}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={member}
              options={[{ value: "", label: t("absence.myself") }, ...people.filter((one) => one.id !== me).map(named)]}
              onChange={(next) => setForm({ ...form, member: next, deputy: "" })}
            />
          )}
        </Field>
      )}
      {day("starts_on", t("absence.from"))}
      {day("ends_on", t("absence.to"))}
      <Field inline label={t("absence.deputy")}>
        {({ id }) => (
          <NativeSelect
            id={id}
            value={deputy}
            options={[{ value: "", label: t("absence.choose") }, ...people.filter((one) => one.id !== away).map(named)]}
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
