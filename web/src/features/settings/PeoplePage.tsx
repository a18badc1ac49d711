import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Avatar } from "@/shared/ui/Avatar";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { HandOverModal } from "./HandOverModal";
import { HandOversPanel } from "./HandOversPanel";
import { InviteModal } from "./InviteModal";
import { PersonModal } from "./PersonModal";
import { StaffIdsPanel } from "./StaffIdsPanel";
import { TeamsPanel } from "./TeamsPanel";

export type Person = Schemas["PersonOut"];

function usePersonColumns(edit: (person: Person) => void, handOver: (person: Person) => void) {
  const { t } = useTranslation(["settings", "common", "routing"]);
  const { customers } = useFormat();
  return [
    {
      key: "name",
      title: t("settings:people.name"),
      render: ({ name, email }: Person) => (
        <span className="row">
          <Avatar name={name || email} />
          <span>
            <strong>{name}</strong>
            <span className="muted small" style={{ display: "block" }}>
              {email}
            </span>
          </span>
        </span>
      ),
    },
    { key: "role", title: t("settings:people.role"), render: ({ role }: Person) => t(`common:role.${role}`) },
    { key: "team", title: t("settings:people.team"), render: ({ team }: Person) => team ?? "—" },
    {
      key: "customers",
      title: t("settings:people.customers"),
      end: true,
      render: (person: Person) => <span className="num">{customers(person.customers)}</span>,
    },
    {
      key: "state",
      title: t("settings:people.state"),
      render: ({ is_active, invited }: Person) => {
        if (!is_active) return <span className="tag">{t("settings:people.inactive")}</span>;
        return invited ? (
          <span className="risk-tag risk-early">{t("settings:people.invited")}</span>
        ) : (
          <span className="risk-tag risk-normal">{t("settings:people.active")}</span>
        );
      },
    },
    {
      key: "edit",
      title: t("common:action.edit"),
      end: true,
      render: (person: Person) => (
        <span className="row">
          {person.customers > 0 && (
            <Button
              size="small"
              aria-label={t("routing:handover.openOf", { name: person.name })}
              onClick={() => handOver(person)}
            >
              {t("routing:handover.open")}
            </Button>
          )}
          <Button
            size="small"
            aria-label={t("settings:people.editOf", { name: person.name })}
            onClick={() => edit(person)}
          >
            {t("common:action.edit")}
          </Button>
        </span>
      ),
    },
  ];
}

/** Members with role and team; teams below. */
export function PeoplePage() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const can = useCan();
  const path = { params: { path: { slug } } };
  const people = api.useQuery("get", "/api/v1/w/{slug}/people", path);
  const teams = api.useQuery("get", "/api/v1/w/{slug}/teams", path);
  const [inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<Person | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const columns = usePersonColumns(setEdited, setLeaving);
  const refresh = () => {
    void people.refetch();
    void teams.refetch();
  };
  if (!can("people")) return <NoPermission />;
  const { data: members = [] } = people;
  const { data: groups = [] } = teams;
  return (
    <>
      <Panel
        title={t("people.title")}
        extra={
          <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setInviting(true)}>
            {t("people.invite")}
          </Button>
        }
        flush
      >
        {people.isPending && <SkeletonRows rows={4} />}
        {people.isError && <ErrorState error={people.error} retry={refresh} />}
        {people.data && (
          <SimpleTable label={t("people.title")} rows={people.data} rowKey={({ id }) => id} columns={columns} />
        )}
      </Panel>
      <HandOversPanel />
      <TeamsPanel teams={groups} onChanged={refresh} />
      <StaffIdsPanel people={members} />
      {leaving && (
        <HandOverModal
          person={leaving}
          people={members}
          teams={groups}
          onClose={() => {
            setLeaving(null);
            refresh();
          }}
        />
      )}
      {inviting && (
        <InviteModal
          teams={groups}
          onClose={() => {
            setInviting(false);
            refresh();
          }}
        />
      )}
      {edited && (
        <PersonModal
          person={edited}
          people={members}
          teams={groups}
          onClose={() => {
            setEdited(null);
            refresh();
          }}
        />
      )}
    </>
  );
}
