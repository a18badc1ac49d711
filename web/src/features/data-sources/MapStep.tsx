import { Button, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { Field } from "@/shared/ui/Field";
import { FormError } from "@/shared/ui/FormError";
import { Panel } from "@/shared/ui/Panel";
import { FileFacts } from "./FileFacts";
import { MappingTable } from "./MappingTable";
import { type Batch, changeEntity, type Mapping, mappingOf, missingFields } from "./mapping.logic";
import { PreviewPanel } from "./PreviewPanel";

const DATE_ORDERS = ["auto", "ymd", "dmy", "mdy"] as const;

function Reading({
  batch,
  mapping,
  change,
  entities,
}: {
  batch: Batch;
  mapping: Mapping | undefined;
  change: (mapping: Mapping) => void;
  entities: readonly { name: Mapping["entity"]; label: string }[];
}) {
  const { t } = useTranslation("dataSources");
  const base: Mapping = mapping ?? {
    entity: "customers",
    columns: {},
    date_order: "auto",
    sheet: null,
    keep_rest: true,
  };
  return (
    <div className="row wrap" style={{ gap: 20, padding: "4px 20px 14px" }}>
      <Field label={t("map.entity")}>
        {(control) => (
          <Select
            {...control}
            value={mapping?.entity}
            placeholder={t("map.entityChoose")}
            options={entities.map(({ name, label }) => ({ value: name, label }))}
            onChange={(entity) => change(changeEntity(base, entity))}
            style={{ width: 180 }}
          />
        )}
      </Field>
      <Field label={t("map.dates")}>
        {(control) => (
          <Select
            {...control}
            value={base.date_order ?? "auto"}
            options={DATE_ORDERS.map((value) => ({ value, label: t(`map.date.${value}`) }))}
            onChange={(date_order) => change({ ...base, date_order })}
            style={{ width: 180 }}
          />
        )}
      </Field>
      {batch.sheets.length > 1 && (
        <Field label={t("map.sheet")}>
          {(control) => (
            <Select
              {...control}
              value={base.sheet ?? batch.sheets[0]}
              options={batch.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
              onChange={(sheet) => change({ ...base, sheet, columns: {} })}
              style={{ width: 180 }}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** Columns → fields, checked on the first rows at every change, then start. */
export function MapStep({ batch, onChanged }: { batch: Batch; onChanged: () => void }) {
  const { t } = useTranslation("dataSources");
  const slug = useSlug();
  const path = { slug, batch_id: batch.id };
  const [mapping, setMapping] = useState(() => mappingOf(batch));
  const entities = api.useQuery("get", "/api/v1/w/{slug}/entities", { params: { path: { slug } } });
  const check = api.useMutation("put", "/api/v1/w/{slug}/imports/{batch_id}/mapping", {
    meta: { quiet: true },
    onSuccess: onChanged,
  });
  const start = api.useMutation("post", "/api/v1/w/{slug}/imports/{batch_id}/start", {
    meta: { quiet: true },
    onSuccess: onChanged,
  });
  const { mutate } = check;
  useEffect(() => {
    if (mapping) mutate({ params: { path: { slug, batch_id: batch.id } }, body: mapping });
  }, [mapping, mutate, slug, batch.id]);
  const entity = entities.data?.find(({ name }) => name === mapping?.entity);
  const missing = mapping ? missingFields(entity, mapping) : [];
  return (
    <div className="wizard">
      <FileFacts batch={batch} matchRate={check.data?.match_rate ?? batch.match_rate} />
      <Panel title={t("map.title")} extra={<span className="muted small">{t("map.text")}</span>} flush>
        <Reading batch={batch} mapping={mapping} change={setMapping} entities={entities.data ?? []} />
        {mapping && <MappingTable columns={batch.columns} entity={entity} mapping={mapping} onChange={setMapping} />}
      </Panel>
      {missing.length > 0 && (
        <p className="form-error" role="alert">
          {t("map.missing", { fields: missing.join(", ") })}
        </p>
      )}
      <FormError error={check.error ?? start.error} />
      {check.data && <PreviewPanel preview={check.data} entity={entity} />}
      <div className="wizard-actions">
        <Button
          type="primary"
          size="large"
          loading={start.isPending}
          disabled={!mapping || missing.length > 0 || check.isPending || check.isError}
          onClick={() => start.mutate({ params: { path } })}
        >
          {t("map.start")}
        </Button>
      </div>
    </div>
  );
}
