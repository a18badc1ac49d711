import type { Schemas } from "@/shared/api/client";

export type Channel = Schemas["ChannelOut"];
export type Kind = Schemas["ChannelKindOut"];
export type KindField = Schemas["ChannelFieldOut"];

export interface ChannelForm {
  name: string;
  enabled: boolean;
  /** By field: what is typed in; flags are "true" or "". */
  values: Record<string, string>;
}

const text = (value: unknown) => (value === null || value === undefined || value === false ? "" : String(value));

/** What the form shows for a new channel of a kind, or for one that is there. Secrets come back empty. */
export function formOf(kind: Kind, channel?: Channel): ChannelForm {
  const open = kind.fields.filter((field) => field.kind !== "secret");
  const value = (field: KindField) =>
    text(channel?.config[field.name]) ||
    (field.kind === "choice" ? field.default || (field.choices[0]?.value ?? "") : "");
  return {
    name: channel?.name ?? kind.label,
    enabled: channel?.enabled ?? true,
    values: Object.fromEntries(open.map((field) => [field.name, value(field)])),
  };
}

function typed(field: KindField, value: string): string | number | boolean {
  if (field.kind === "flag") return value === "true";
  return field.kind === "number" ? Number(value) : value.trim();
}

/** Empty fields are left out: the server knows their defaults, and keeps secrets that are not given. */
export function bodyOf(kind: Kind, form: ChannelForm): Schemas["ChannelIn"] {
  const filled = kind.fields.filter((field) => (form.values[field.name] ?? "").trim() !== "");
  const secrets = filled.filter((field) => field.kind === "secret");
  const open = filled.filter((field) => field.kind !== "secret");
  return {
    kind: kind.name,
    name: form.name.trim(),
    config: Object.fromEntries(open.map((field) => [field.name, typed(field, form.values[field.name] ?? "")])),
    secrets: Object.fromEntries(secrets.map((field) => [field.name, form.values[field.name] ?? ""])),
    enabled: form.enabled,
  };
}

/** Required fields that are still empty; a stored secret counts as filled. */
export function missing(kind: Kind, form: ChannelForm, channel?: Channel): string[] {
  const kept = new Set(channel?.secrets_set ?? []);
  const empty = (field: KindField) => !(form.values[field.name] ?? "").trim() && !kept.has(field.name);
  const fields = kind.fields.filter((field) => field.required && empty(field)).map((field) => field.name);
  return form.name.trim() ? fields : ["name", ...fields];
}

/** The ids after one channel has moved by a step; the same where it cannot. */
export function moved(ids: readonly number[], id: number, step: -1 | 1): number[] {
  const from = ids.indexOf(id);
  const to = from + step;
  const sorted = [...ids];
  if (from < 0 || to < 0 || to >= ids.length) return sorted;
  sorted.splice(to, 0, ...sorted.splice(from, 1));
  return sorted;
}

export type Tone = "off" | "failed" | "ok" | "never";

/** How a channel does, at a glance: the last thing that happened. */
export function toneOf(channel: Channel): Tone {
  if (!channel.enabled) return "off";
  if (channel.last_error) return "failed";
  return channel.last_ok_at ? "ok" : "never";
}
