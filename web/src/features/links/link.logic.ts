import type { Schemas } from "@/shared/api/client";

export type ContactLink = Schemas["ContactLinkOut"];
export const INFOS = ["quote", "notice", "course", "other"] as const;
export const DAYS = [7, 30, 90, 365, 0] as const;
export const ACCEPTED = "application/pdf,image/png,image/jpeg";
export const MOST_MEGABYTES = 20;

export interface LinkForm {
  info: (typeof INFOS)[number];
  title: string;
  by: "url" | "file";
  url: string;
  file: File | null;
  contactId: number;
  /** 0 = never over. */
  days: number;
}

export const EMPTY: LinkForm = { info: "quote", title: "", by: "url", url: "", file: null, contactId: 0, days: 90 };

export const isWebAddress = (text: string) => /^https?:\/\/[^\s/@\\]+(\/[^\s\\]*)?$/i.test(text.trim());

export function isLinkComplete(form: LinkForm): boolean {
  if (!form.title.trim()) return false;
  return form.by === "url"
    ? isWebAddress(form.url)
    : form.file !== null && form.file.size <= MOST_MEGABYTES * 1024 ** 2;
}

export function formDataOf(form: LinkForm, file: File): FormData {
  const data = new FormData();
  data.append("file", file);
  data.append("info", form.info);
  data.append("title", form.title.trim());
  data.append("contact_id", String(form.contactId));
  data.append("days", String(form.days));
  return data;
}

/** The address on this site; what the server knows as its own address may be another name for it. */
export const isOpenable = (link: Pick<ContactLink, "state">) => link.state === "waiting" || link.state === "seen";

/** 75 seconds as minutes and seconds. */
export const lasted = (seconds: number) => ({ minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
