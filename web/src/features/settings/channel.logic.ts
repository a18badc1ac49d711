import { looksLikeEmail } from "@/features/auth/auth.logic";
import type { Schemas } from "@/shared/api/client";

export interface ChannelForm {
  kind: "email" | "webhook";
  name: string;
  toOwner: boolean;
  address: string;
  url: string;
  secret: string;
  enabled: boolean;
}

const OWNER = "owner";
const text = (value: unknown) => (typeof value === "string" ? value : "");

export function formOf(channel?: Schemas["ChannelOut"]): ChannelForm {
  const to = text(channel?.config.to);
  return {
    kind: channel?.kind === "webhook" ? "webhook" : "email",
    name: channel?.name ?? "",
    toOwner: to === "" || to === OWNER,
    address: to === OWNER ? "" : to,
    url: text(channel?.config.url),
    secret: "",
    enabled: channel?.enabled ?? true,
  };
}

/** Without a secret the stored one stays. */
export function bodyOf(form: ChannelForm): Schemas["ChannelIn"] {
  const config = form.kind === "email" ? { to: form.toOwner ? OWNER : form.address.trim() } : { url: form.url.trim() };
  return {
    kind: form.kind,
    name: form.name.trim(),
    config,
    secrets: form.kind === "webhook" && form.secret ? { secret: form.secret } : {},
    enabled: form.enabled,
  };
}

export function isComplete(form: ChannelForm): boolean {
  if (!form.name.trim()) return false;
  if (form.kind === "webhook") return /^https?:\/\/\S+$/.test(form.url.trim());
  return form.toOwner || looksLikeEmail(form.address);
}
