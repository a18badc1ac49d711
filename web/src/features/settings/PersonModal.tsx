import { Button, Modal, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import type { Person } from "./PeoplePage";
import { RoleFields } from "./RoleFields";
import { Secret } from "./Secret";

export interface PersonModalProps {
  person: Person;
  people: readonly Person[];
  teams: readonly Schemas["TeamOut"][];
  onClose: () => void;
}

/** Role, team, active or not. Whoever leaves hands the customers over. */
export function PersonModal({ person, people, teams, onClose }: PersonModalProps) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const path = { slug, person_id: person.id };
  const [role, setRole] = useState(person.role);
  const [teamId, setTeamId] = useState(person.team_id);
  const [active, setActive] = useState(person.is_active);
  const [successor, setSuccessor] = useState<number | undefined>();
  const save = api.useMutation("patch", "/api/v1/w/{slug}/people/{person_id}", {
    meta: { quiet: true },
    onSuccess: onClose,
  });
  const invite = api.useMutation("post", "/api/v1/w/{slug}/people/{person_id}/invite", { meta: { quiet: true } });
  const leaves = person.is_active && !active && person.customers > 0;
  const heirs = people.filter(
    ({ id, is_active, role: other }) =>
      id !== person.id && is_active && (other === "manager" || other === "supervisor"),
  );
  const body = { role, team_id: teamId, is_active: active, ...(leaves && { successor_id: successor ?? null }) };
  return (
    <Modal
      open
      title={person.name}
      okText={t("common:action.save")}
      okButtonProps={{ loading: save.isPending, disabled: leaves && successor === undefined }}
      onOk={() => save.mutate({ params: { path }, body })}
      onCancel={onClose}
    >
      <div className="form">
        <RoleFields role={role} teamId={teamId} teams={teams} onRole={setRole} onTeam={setTeamId} />
        <Field label={t("settings:people.mayLogin")}>
          {({ id }) => (
            <Switch
              id={id}
              checked={active}
              onChange={setActive}
              checkedChildren={t("common:action.enable")}
              unCheckedChildren={t("common:action.disable")}
            />
          )}
        </Field>
        {leaves && (
          <Field
            label={t("settings:people.successor")}
            hint={t("settings:people.successorHint", { count: person.customers })}
          >
            {(control) => (
              <Select
                {...control}
                value={successor}
                onChange={setSuccessor}
                options={heirs.map(({ id, name }) => ({ value: id, label: name }))}
                style={{ width: "100%" }}
              />
            )}
          </Field>
        )}
        {person.invited && !invite.data && (
          <div>
            <Button loading={invite.isPending} onClick={() => invite.mutate({ params: { path } })}>
              {t("settings:people.reinvite")}
            </Button>
          </div>
        )}
        {invite.data && (
          <Secret text={invite.data.invite_url} note={t("settings:people.linkNote", { name: person.name })} />
        )}
        <FormError error={save.error ?? invite.error} />
      </div>
    </Modal>
  );
}
