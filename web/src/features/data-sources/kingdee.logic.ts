import { splitWords } from "@/shared/lib/words";

export const STREAMS = ["customers", "orders", "deliveries", "receivables", "receipts", "stock"] as const;
export type Stream = (typeof STREAMS)[number];
export type FieldNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface KingdeeForm {
  baseUrl: string;
  account: string;
  user: string;
  auth: "signed" | "password";
  appId: string;
  organisation: string;
  organisations: string;
  streams: readonly Stream[];
  since: string;
  amounts: "local" | "document";
  currency: string;
  proxy: string;
  fields: FieldNames;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((each) => typeof each === "string") : []);
const isStream = (value: string): value is Stream => (STREAMS as readonly string[]).includes(value);

function fieldNames(value: unknown): FieldNames {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([stream, names]) => [
      stream,
      Object.fromEntries(Object.entries(names ?? {}).map(([ours, key]) => [ours, text(key)])),
    ]),
  );
}

/** A new source reads everything in yuan of the books; a saved one is as it was saved. */
export function kingdeeFormOf(config: Readonly<Record<string, unknown>> = {}): KingdeeForm {
  return {
    baseUrl: text(config.base_url),
    account: text(config.account),
    user: text(config.user),
    auth: config.auth === "password" ? "password" : "signed",
    appId: text(config.app_id),
    organisation: text(config.organisation),
    organisations: texts(config.organisations).join(", "),
    streams: "streams" in config ? texts(config.streams).filter(isStream) : STREAMS,
    since: text(config.since),
    amounts: config.amounts === "document" ? "document" : "local",
    currency: "currency" in config ? text(config.currency) : "PRE001",
    proxy: text(config.proxy),
    fields: fieldNames(config.fields),
  };
}

/** What the server keeps; blank optional parts are left out. */
export function kingdeeConfig(form: KingdeeForm): Record<string, unknown> {
  return {
    base_url: form.baseUrl.trim(),
    account: form.account.trim(),
    user: form.user.trim(),
    auth: form.auth,
    app_id: form.auth === "signed" ? form.appId.trim() : "",
    organisation: form.organisation.trim(),
    organisations: splitWords(form.organisations),
    streams: [...form.streams],
    since: form.since || null,
    amounts: form.amounts,
    currency: form.currency.trim(),
    proxy: form.proxy.trim(),
    fields: form.fields,
  };
}

export function isKingdeeComplete(form: KingdeeForm): boolean {
  const needed = [form.baseUrl, form.account, form.user, ...(form.auth === "signed" ? [form.appId] : [])];
  return needed.every((value) => value.trim()) && form.streams.some((stream) => stream !== "stock");
}

/** Another name for a field; a name that is the standard one again is no name of one's own. */
export function named(fields: FieldNames, stream: string, ours: string, key: string, standard: string): FieldNames {
  const { [ours]: _before, ...others } = fields[stream] ?? {};
  const names = key.trim() === standard ? others : { ...others, [ours]: key.trim() };
  const { [stream]: _names, ...rest } = fields;
  return Object.keys(names).length ? { ...rest, [stream]: names } : rest;
}
