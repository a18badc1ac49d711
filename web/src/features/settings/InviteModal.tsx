import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { looksLikeEmail } from "@/features/auth/auth.logic";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { type Role, RoleFields } from "./RoleFields";
import { Secret } from "./Secret";

/** A new member; the link is shown once, to be sent by whatever channel the person reads. */
export function InviteModal({ teams, onClose }: { teams: readonly Schemas["TeamOut"][]; onClose: () => void }) {
  const { t } = useTranslation(["settings", "auth", "common"]);
  const slug = useSlug();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("manager");
  const [teamId, setTeamId] = useState<number | null>(null);
  const invite = api.useMutation("post", "/api/v1/w/{slug}/people", { meta: { quiet: true } });
  const done = invite.data;
  const send = () =>
    invite.mutate({
      params: { path: { slug } },
      body: { name: name.trim(), email: email.trim(), role, team_id: teamId },
    });
  return (
    <Modal
      open
      title={t("settings:people.invite")}
      okText={t(done ? "common:action.done" : "settings:people.create")}
      okButtonProps={{ disabled: !name.trim() || !looksLikeEmail(email), loading: invite.isPending }}
      onOk={done ? onClose : send}
      onCancel={onClose}
    >
      {done ? (
        <Secret text={done.invite_url} note={t("settings:people.linkNote", { name: done.person.name })} />
      ) : (
        <div className="form">
          <Field label={t("auth:field.name")}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                value={name}
                maxLength={80}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("auth:field.email")}>
            {(control) => (
              <Input {...control} type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
            )}
          </Field>
          <RoleFields role={role} teamId={teamId} teams={teams} onRole={setRole} onTeam={setTeamId} />
          <FormError error={invite.error} />
        </div>
      )}
    </Modal>
  );
}
