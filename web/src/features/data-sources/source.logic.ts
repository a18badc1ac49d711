import type { Schemas } from "@/shared/api/client";
import { isKingdeeComplete, type KingdeeForm, kingdeeConfig, kingdeeFormOf } from "./kingdee.logic";
import type { Mapping } from "./mapping.logic";

export type Source = Schemas["SourceOut"];

export const KINDS = ["folder", "sql", "kingdee"] as const;

export interface SourceForm {
  kind: (typeof KINDS)[number];
  name: string;
  entity: Mapping["entity"];
  path: string;
  pattern: string;
  query: string;
  cursorColumn: string;
  address: string;
  everyMinutes: number;
  mapping: Mapping | null;
  kingdee: KingdeeForm;
}

export const EVERY = [15, 60, 360, 1440] as const;

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** An empty form, or one filled from a source; the connection's address never comes back from the server. */
export function formOf(source?: Source): SourceForm {
  const config = source?.config ?? {};
  return {
    kind: KINDS.find((kind) => kind === source?.kind) ?? "folder",
    name: source?.name ?? "",
    entity: (source?.entity || "orders") as Mapping["entity"],
    path: text(config.path),
    pattern: text(config.pattern) || "*.csv",
    query: text(config.query),
    cursorColumn: text(config.cursor_column),
    address: "",
    everyMinutes: source?.every_minutes ?? 60,
    mapping: source?.mapping ?? null,
    kingdee: kingdeeFormOf(source?.kind === "kingdee" ? config : {}),
  };
}

function configOf(form: SourceForm): Record<string, unknown> {
  if (form.kind === "kingdee") return kingdeeConfig(form.kingdee);
  return form.kind === "sql"
    ? { query: form.query.trim(), cursor_column: form.cursorColumn.trim() }
    : { path: form.path.trim(), pattern: form.pattern.trim() };
}

export function bodyOf(form: SourceForm): Schemas["SourceIn"] {
  const isKingdee = form.kind === "kingdee";
  return {
    kind: form.kind,
    name: form.name.trim(),
    entity: isKingdee ? "" : form.entity,
    config: configOf(form),
    secret: form.kind !== "folder" && form.address ? form.address : null,
    mapping: isKingdee ? null : form.mapping,
    every_minutes: form.everyMinutes,
    enabled: true,
  };
}

export function isComplete(form: SourceForm, isNew: boolean): boolean {
  if (form.kind === "kingdee")
    return Boolean(form.name.trim() && isKingdeeComplete(form.kingdee) && (form.address.trim() || !isNew));
  const reads =
    form.kind === "sql"
      ? form.query.trim() && (form.address.trim() || !isNew)
      : form.path.trim() && form.pattern.trim();
  return Boolean(form.name.trim() && reads);
}

/** Only sources of ours can be run, changed and deleted; uploads and the sample cannot. */
export const isScheduled = ({ kind }: Pick<Source, "kind">) => KINDS.some((own) => own === kind);

/** How often a source runs, as the key and number of its sentence. */
export function everyWords(minutes: number): { key: "everyDay" | "everyHours" | "everyMinutes"; count: number } {
  if (minutes === 1440) return { key: "everyDay", count: 1 };
  return minutes % 60 === 0 ? { key: "everyHours", count: minutes / 60 } : { key: "everyMinutes", count: minutes };
}
