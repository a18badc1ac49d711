import { Button, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { EmptyState } from "@/shared/ui/EmptyState";
import { Panel } from "@/shared/ui/Panel";

type Team = Schemas["TeamOut"];

function TeamRow({ team, onChanged }: { team: Team; onChanged: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const params = { path: { slug, team_id: team.id } };
  const [name, setName] = useState(team.name);
  const rename = api.useMutation("patch", "/api/v1/w/{slug}/teams/{team_id}", { onSuccess: onChanged });
  const remove = api.useMutation("delete", "/api/v1/w/{slug}/teams/{team_id}", { onSuccess: onChanged });
  const save = () => name.trim() && name !== team.name && rename.mutate({ params, body: { name: name.trim() } });
  return (
    <li className="item-row">
      <Input
        aria-label={t("settings:team.nameOf", { name: team.name })}
        value={name}
        style={{ width: 180 }}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        onBlur={save}
        onPressEnter={save}
      />
      <span className="grow muted">
        {team.members.map((member) => member.name).join(" · ") || t("settings:team.nobody")}
      </span>
      <Popconfirm title={t("settings:team.deleteAsk")} onConfirm={() => remove.mutate({ params })}>
        <Button size="small" danger>
          {t("common:action.delete")}
        </Button>
      </Popconfirm>
    </li>
  );
}

export function TeamsPanel({ teams, onChanged }: { teams: readonly Team[]; onChanged: () => void }) {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const [name, setName] = useState("");
  const create = api.useMutation("post", "/api/v1/w/{slug}/teams", {
    onSuccess: () => {
      setName("");
      onChanged();
    },
  });
  const add = () => name.trim() && create.mutate({ params: { path: { slug } }, body: { name: name.trim() } });
  return (
    <Panel
      title={t("team.title")}
      extra={
        <span className="row">
          <Input
            aria-label={t("team.new")}
            placeholder={t("team.new")}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={add}
            style={{ width: 150 }}
          />
          <Button disabled={!name.trim()} loading={create.isPending} onClick={add}>
            {t("team.add")}
          </Button>
        </span>
      }
      flush
    >
      {teams.length === 0 && <EmptyState title={t("team.none")} text={t("team.noneText")} />}
      <ul>
        {teams.map((team) => (
          <TeamRow key={team.id} team={team} onChanged={onChanged} />
        ))}
      </ul>
    </Panel>
  );
}
