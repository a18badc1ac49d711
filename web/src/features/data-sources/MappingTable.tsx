import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { ATTRIBUTE, type Column, choose, type Entity, GOOD_MATCH, type Mapping, SKIP } from "./mapping.logic";

function ParseRate({ rate }: { rate: number | null }) {
  const { percent } = useFormat();
  if (rate === null) return <span className="muted">—</span>;
  return <span className={`num state-tag ${rate >= GOOD_MATCH ? "good" : "warn"}`}>{percent(rate, 0)}</span>;
}

export interface MappingTableProps {
  columns: readonly Column[];
  entity: Entity | undefined;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Every column of the file, what is in it, and which field it fills. */
export function MappingTable({ columns, entity, mapping, onChange }: MappingTableProps) {
  const { t } = useTranslation("dataSources");
  const taken = new Set(Object.values(mapping.columns));
  const options = [
    { value: SKIP, label: t("map.skip") },
    { value: ATTRIBUTE, label: t("map.attribute") },
    ...(entity?.fields ?? []).map(({ name, label, required }) => ({
      value: name,
      label: `${label}${required ? " *" : ""}${taken.has(name) ? " ✓" : ""}`,
    })),
  ];
  return (
    <SimpleTable
      label={t("map.title")}
      rows={columns}
      rowKey={({ name }) => name}
      columns={[
        { key: "column", title: t("map.column"), render: ({ name }) => <strong>{name}</strong> },
        {
          key: "samples",
          title: t("map.samples"),
          render: ({ samples }) => <div className="map-samples ellipsis">{samples.filter(Boolean).join(" · ")}</div>,
        },
        {
          key: "field",
          title: t("map.field"),
          render: ({ name }) => (
            <Select
              aria-label={t("map.fieldOf", { column: name })}
              value={mapping.columns[name] ?? SKIP}
              options={options}
              onChange={(field) => onChange(choose(mapping, name, field))}
              style={{ width: 190 }}
              status={mapping.columns[name] ? "" : undefined}
            />
          ),
        },
        { key: "rate", title: t("map.rate"), end: true, render: ({ parse_rate }) => <ParseRate rate={parse_rate} /> },
      ]}
    />
  );
}
