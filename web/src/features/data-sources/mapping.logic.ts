import type { Schemas } from "@/shared/api/client";

export type Batch = Schemas["BatchOut"];
export type Column = Schemas["ColumnOut"];
export type Mapping = Schemas["MappingIn"];
export type Entity = Schemas["EntityOut"];

/** Kept as an extra attribute of the row. */
export const ATTRIBUTE = "attr";
/** Not imported. */
export const SKIP = "";

/** The mapping that the server suggests for a file, ready to be edited. */
export function mappingOf(batch: Batch): Mapping | undefined {
  if (batch.mapping) return batch.mapping;
  if (!batch.entity) return undefined;
  return {
    entity: batch.entity,
    columns: columnsOf(batch.columns),
    date_order: "auto",
    sheet: batch.sheets[0] ?? null,
    keep_rest: true,
  };
}

export function columnsOf(columns: readonly Column[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap(({ name, field }) => (field ? [[name, field]] : [])));
}

/** One column fills at most one field: choosing a field takes it from the column that had it. */
export function choose(mapping: Mapping, column: string, field: string): Mapping {
  const rest = Object.entries(mapping.columns).filter(
    ([name, taken]) => name !== column && (field === ATTRIBUTE || taken !== field),
  );
  return { ...mapping, columns: Object.fromEntries(field === SKIP ? rest : [...rest, [column, field]]) };
}

export function missingFields(entity: Entity | undefined, mapping: Mapping): string[] {
  const filled = new Set(Object.values(mapping.columns));
  return (entity?.fields ?? []).filter(({ name, required }) => required && !filled.has(name)).map(({ label }) => label);
}

/** Another kind of rows keeps nothing of the old mapping but how to read the file. */
export function changeEntity(mapping: Mapping, entity: Mapping["entity"]): Mapping {
  return { ...mapping, entity, columns: {} };
}

export type Step = "upload" | "map" | "run" | "result";

export function stepOf(batch: Batch | undefined): Step {
  if (!batch) return "upload";
  if (batch.status === "uploaded" || batch.status === "ready") return "map";
  return batch.status === "queued" || batch.status === "running" ? "run" : "result";
}

const LIMIT_BYTES = 512 * 1024 * 1024;
const ENDINGS = [".csv", ".txt", ".tsv", ".xlsx"];

export type FileFault = "kind" | "size" | "empty" | undefined;

/** What can be told before anything is sent. */
export function fileFault({ name, size }: Pick<File, "name" | "size">): FileFault {
  if (!ENDINGS.some((ending) => name.toLowerCase().endsWith(ending))) return "kind";
  if (size === 0) return "empty";
  return size > LIMIT_BYTES ? "size" : undefined;
}

/** Above this share of matched fields a mapping is good (DAT-02). */
export const GOOD_MATCH = 0.98;
