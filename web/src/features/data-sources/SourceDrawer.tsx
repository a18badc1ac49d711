import { Button, Drawer, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { KingdeeFields } from "./KingdeeFields";
import { KingdeeNames } from "./KingdeeNames";
import { MappingTable } from "./MappingTable";
import { columnsOf, type Entity } from "./mapping.logic";
import { StreamTests } from "./StreamTests";
import { bodyOf, EVERY, everyWords, formOf, isComplete, KINDS, type Source, type SourceForm } from "./source.logic";

interface PartProps {
  form: SourceForm;
  set: (change: Partial<SourceForm>) => void;
}

function FolderFields({ form, set }: PartProps) {
  const { t } = useTranslation("dataSources");
  return (
    <>
      <Field label={t("source.path")} hint={t("source.pathHint")}>
        {(control) => <Input {...control} value={form.path} onChange={(event) => set({ path: event.target.value })} />}
      </Field>
      <Field label={t("source.pattern")}>
        {(control) => (
          <Input {...control} value={form.pattern} onChange={(event) => set({ pattern: event.target.value })} />
        )}
      </Field>
    </>
  );
}

function SqlFields({ form, set, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useTranslation("dataSources");
  return (
    <>
      <Field label={t("source.address")} hint={t(isNew ? "source.addressHint" : "source.addressKept")}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="off"
            value={form.address}
            onChange={(event) => set({ address: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("source.query")} hint={t("source.queryHint")}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={4}
            value={form.query}
            onChange={(event) => set({ query: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("source.cursorColumn")} hint={t("source.cursorHint")}>
        {(control) => (
          <Input
            {...control}
            value={form.cursorColumn}
            onChange={(event) => set({ cursorColumn: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Kingdee({ form, set, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useTranslation("dataSources");
  const [showsNames, setShowsNames] = useState(false);
  const change = (changed: Partial<SourceForm["kingdee"]>) => set({ kingdee: { ...form.kingdee, ...changed } });
  return (
    <>
      <KingdeeFields
        form={form.kingdee}
        set={change}
        secret={form.address}
        setSecret={(address) => set({ address })}
        isNew={isNew}
      />
      <Button type="link" aria-expanded={showsNames} onClick={() => setShowsNames(!showsNames)}>
        {t("kingdee.names")}
      </Button>
      {showsNames && <KingdeeNames fields={form.kingdee.fields} onChange={(fields) => change({ fields })} />}
    </>
  );
}

function BasicFields({ form, set, isNew, entities }: PartProps & { isNew: boolean; entities: readonly Entity[] }) {
  const { t } = useTranslation("dataSources");
  return (
    <>
      {isNew && (
        <Segmented
          aria-label={t("source.kind")}
          value={form.kind}
          onChange={(kind) => set({ kind, mapping: null })}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      )}
      <Field label={t("source.name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={80}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      {form.kind !== "kingdee" && (
        <Field label={t("map.entity")}>
          {(control) => (
            <Select
              {...control}
              style={{ width: "100%" }}
              disabled={!isNew}
              value={form.entity}
              options={entities.map(({ name, label }) => ({ value: name, label }))}
              onChange={(entity) => set({ entity, mapping: null })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** A folder or a read-only query: try it, look at the mapping, save it. */
export function SourceDrawer({ source, onClose }: { source: Source | undefined; onClose: () => void }) {
  const { t } = useTranslation(["dataSources", "common"]);
  const slug = useSlug();
  const isNew = !source;
  const everyLabel = (minutes: number) => {
    const { key, count } = everyWords(minutes);
    return t(`dataSources:source.${key}`, { count });
  };
  const [form, setForm] = useState(() => formOf(source));
  const set = (change: Partial<SourceForm>) => setForm((current) => ({ ...current, ...change }));
  const entities = api.useQuery("get", "/api/v1/w/{slug}/entities", { params: { path: { slug } } });
  const test = api.useMutation("post", "/api/v1/w/{slug}/sources/test", {
    meta: { quiet: true },
    onSuccess: ({ ok, columns }) => {
      if (ok && !form.mapping && form.kind !== "kingdee")
        set({
          mapping: {
            entity: form.entity,
            columns: columnsOf(columns),
            date_order: "auto",
            sheet: null,
            keep_rest: true,
          },
        });
    },
  });
  const create = api.useMutation("post", "/api/v1/w/{slug}/sources", { meta: { quiet: true }, onSuccess: onClose });
  const update = api.useMutation("patch", "/api/v1/w/{slug}/sources/{source_id}", {
    meta: { quiet: true },
    onSuccess: onClose,
  });
  const save = () => {
    const { kind: _kind, entity: _entity, ...changes } = bodyOf(form);
    if (source)
      update.mutate({
        params: { path: { slug, source_id: source.id } },
        body: { ...changes, enabled: source.enabled },
      });
    else create.mutate({ params: { path: { slug } }, body: bodyOf(form) });
  };
  const complete = isComplete(form, isNew);
  const entity = entities.data?.find(({ name }) => name === form.entity);
  return (
    <Drawer
      open
      size="large"
      title={t(isNew ? "dataSources:source.add" : "dataSources:source.edit")}
      onClose={onClose}
      footer={
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button
            disabled={!complete}
            loading={test.isPending}
            onClick={() =>
              test.mutate({ params: { path: { slug }, query: { source_id: source?.id ?? null } }, body: bodyOf(form) })
            }
          >
            {t(form.kind === "kingdee" ? "dataSources:kingdee.test" : "dataSources:source.test")}
          </Button>
          <Button type="primary" disabled={!complete} loading={create.isPending || update.isPending} onClick={save}>
            {t("common:action.save")}
          </Button>
        </div>
      }
    >
      <div className="form">
        <BasicFields form={form} set={set} isNew={isNew} entities={entities.data ?? []} />
        {form.kind === "sql" && <SqlFields form={form} set={set} isNew={isNew} />}
        {form.kind === "folder" && <FolderFields form={form} set={set} />}
        {form.kind === "kingdee" && <Kingdee form={form} set={set} isNew={isNew} />}
        <Field label={t("dataSources:source.everyLabel")}>
          {(control) => (
            <Select
              {...control}
              style={{ width: "100%" }}
              value={form.everyMinutes}
              options={EVERY.map((minutes) => ({ value: minutes, label: everyLabel(minutes) }))}
              onChange={(everyMinutes) => set({ everyMinutes })}
            />
          )}
        </Field>
        {test.data && (
          <p className={test.data.ok ? "form-note" : "form-error"} role="status">
            {test.data.message}
          </p>
        )}
        {test.data?.streams && <StreamTests streams={test.data.streams} />}
        <FormError error={test.error ?? create.error ?? update.error} />
        {test.data?.ok && form.mapping && form.kind !== "kingdee" && (
          <MappingTable
            columns={test.data.columns}
            entity={entity}
            mapping={form.mapping}
            onChange={(mapping) => set({ mapping })}
          />
        )}
      </div>
    </Drawer>
  );
}
