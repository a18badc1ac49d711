import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { Field } from "@/shared/ui/Field";

export type Role = Schemas["PersonOut"]["role"];
const ROLES: readonly Role[] = ["admin", "it", "operations", "supervisor", "manager", "analyst"];
const NO_TEAM = 0;

export interface RoleFieldsProps {
  role: Role;
  teamId: number | null;
  teams: readonly Schemas["TeamOut"][];
  onRole: (role: Role) => void;
  onTeam: (teamId: number | null) => void;
}

/** Role with what it may do, and team. */
export function RoleFields({ role, teamId, teams, onRole, onTeam }: RoleFieldsProps) {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <>
      <Field label={t("settings:people.role")} hint={t(`settings:roleHelp.${role}`)}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={onRole}
            options={ROLES.map((value) => ({ value, label: t(`common:role.${value}`) }))}
            style={{ width: "100%" }}
          />
        )}
      </Field>
      <Field label={t("settings:people.team")}>
        {(control) => (
          <Select
            {...control}
            value={teamId ?? NO_TEAM}
            onChange={(value) => onTeam(value === NO_TEAM ? null : value)}
            options={[
              { value: NO_TEAM, label: t("settings:people.noTeam") },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            style={{ width: "100%" }}
          />
        )}
      </Field>
    </>
  );
}
