import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Modal, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas } from "@/shared/api/client";
import { type Permission, useCan, useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { EmptyState } from "@/shared/ui/EmptyState";
import { ErrorState, NoPermission } from "@/shared/ui/ErrorState";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { KeyExample } from "./KeyExample";
import { PageKeyHelp } from "./PageKeyHelp";
import { originsOf, TRACK } from "./pageKey.logic";
import { Secret } from "./Secret";

const SCOPES: readonly Permission[] = [
  "ingest",
  "track",
  "import",
  "export",
  "handle",
  "assign",
  "personal_data",
  "sources",
];

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Permission[]>(["ingest"]);
  const [sites, setSites] = useState("");
  const isForPages = scopes.length === 1 && scopes[0] === TRACK;
  const create = api.useMutation("post", "/api/v1/w/{slug}/api-keys", { meta: { quiet: true } });
  const { data } = create;
  return (
    <Modal
      open
      title={t("settings:key.new")}
      okText={t(data ? "common:action.done" : "settings:key.create")}
      cancelButtonProps={data ? { style: { display: "none" } } : {}}
      okButtonProps={{ disabled: !name.trim() || scopes.length === 0, loading: create.isPending }}
      onOk={
        data
          ? onClose
          : () =>
              create.mutate({
                params: { path: { slug } },
                body: { name: name.trim(), scopes, origins: isForPages ? originsOf(sites) : [] },
              })
      }
      onCancel={onClose}
    >
      {data ? (
        <>
          <Secret text={data.secret} note={t("settings:key.once")} />
          {isForPages ? <PageKeyHelp secret={data.secret} /> : <KeyExample secret={data.secret} scopes={scopes} />}
        </>
      ) : (
        <div className="form">
          <Field label={t("settings:key.name")} hint={t("settings:key.nameHint")}>
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
          <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
            <legend className="muted small">{t("settings:key.scopes")}</legend>
            <Checkbox.Group
              value={scopes}
              onChange={setScopes}
              options={SCOPES.map((value) => ({ value, label: t(`common:permission.${value}`) }))}
            />
            {scopes.includes("track") && <p className="muted small">{t("settings:key.trackHint")}</p>}
          </fieldset>
          {isForPages && (
            <Field label={t("settings:key.origins")} hint={t("settings:key.originsHint")}>
              {(control) => (
                <Input.TextArea
                  {...control}
                  rows={2}
                  placeholder="https://www.example.com"
                  value={sites}
                  onChange={(event) => setSites(event.target.value)}
                />
              )}
            </Field>
          )}
          <FormError error={create.error} />
        </div>
      )}
    </Modal>
  );
}

function KeyRow({ item, onChanged }: { item: Schemas["ApiKeyOut"]; onChanged: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const slug = useSlug();
  const { dayTime } = useFormat();
  const revoke = api.useMutation("delete", "/api/v1/w/{slug}/api-keys/{key_id}", { onSuccess: onChanged });
  const facts = [
    item.created_by,
    dayTime(item.created_at),
    item.last_used_at ? t("settings:key.used", { when: dayTime(item.last_used_at) }) : t("settings:key.neverUsed"),
  ];
  return (
    <li className="item-row">
      <div className="grow">
        <strong>{item.name}</strong> <code className="muted">{item.prefix}…</code>
        <div className="muted small">{facts.filter(Boolean).join(" · ")}</div>
        <div className="row wrap" style={{ marginTop: 4 }}>
          {item.scopes.map((scope) => (
            <span key={scope} className="tag">
              {t(`common:permission.${scope as Permission}`)}
            </span>
          ))}
          {item.origins.map((origin) => (
            <code key={origin} className="small">
              {origin}
            </code>
          ))}
        </div>
        {item.scopes.includes(TRACK) && !item.revoked_at && (
          <p className={item.last_used_at ? "form-note" : "muted small"}>
            {item.last_used_at
              ? t("settings:key.heard", { when: dayTime(item.last_used_at) })
              : t("settings:key.notHeard")}
          </p>
        )}
      </div>
      {item.revoked_at ? (
        <span className="tag">{t("settings:key.revoked", { when: dayTime(item.revoked_at) })}</span>
      ) : (
        <Popconfirm
          title={t("settings:key.revokeAsk")}
          onConfirm={() => revoke.mutate({ params: { path: { slug, key_id: item.id } } })}
        >
          <Button size="small" danger loading={revoke.isPending}>
            {t("settings:key.revoke")}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}

export function ApiKeysPage() {
  const { t } = useTranslation("settings");
  const slug = useSlug();
  const can = useCan();
  const keys = api.useQuery("get", "/api/v1/w/{slug}/api-keys", { params: { path: { slug } } });
  const [creating, setCreating] = useState(false);
  const refresh = () => void keys.refetch();
  if (!can("people")) return <NoPermission />;
  return (
    <Panel
      extra={
        <Button type="primary" icon={<Icon of={PlusOutlined} />} onClick={() => setCreating(true)}>
          {t("key.new")}
        </Button>
      }
      flush
    >
      {keys.isPending && <SkeletonRows rows={2} height={56} />}
      {keys.isError && <ErrorState error={keys.error} retry={refresh} />}
      {keys.data?.length === 0 && <EmptyState title={t("key.none")} text={t("key.noneText")} />}
      <ul>
        {keys.data?.map((item) => (
          <KeyRow key={item.id} item={item} onChanged={refresh} />
        ))}
      </ul>
      {creating && (
        <NewKey
          onClose={() => {
            setCreating(false);
            refresh();
          }}
        />
      )}
    </Panel>
  );
}
