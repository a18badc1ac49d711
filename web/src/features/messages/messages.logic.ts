import type { Schemas } from "@/shared/api/client";

export type Template = Schemas["MessageTemplateOut"];
export type Message = Schemas["MessageOut"];
export type Consent = Schemas["ConsentOut"];
export type Medium = Template["media"][number];

export const MEDIA = ["sms", "email", "wecom", "other"] as const;
export const PURPOSES = ["service", "marketing"] as const;
export const VIEWS = ["", ...PURPOSES, "archived"] as const;
export type View = (typeof VIEWS)[number];

export const viewOf = (text: string): View => VIEWS.find((view) => view === text) ?? "";

export const shownIn = (view: View, template: Template): boolean =>
  view === "archived" ? template.archived : view === "" || template.purpose === view;

/** What a template of the editor is made of. */
export interface Draft {
  code: string;
  name: string;
  purpose: Template["purpose"];
  media: Medium[];
  subject: string;
  body: string;
  sms_template: string;
  about: string;
  open_pixel: boolean;
  note: string;
}

export const EMPTY: Draft = {
  code: "",
  name: "",
  purpose: "service",
  media: ["email"],
  subject: "",
  body: "",
  sms_template: "",
  about: "",
  open_pixel: false,
  note: "",
};

export const draftOf = ({
  code,
  name,
  purpose,
  media,
  subject,
  body,
  sms_template,
  about,
  open_pixel,
}: Template): Draft => ({
  code,
  name,
  purpose,
  media: [...media],
  subject,
  body,
  sms_template,
  about,
  open_pixel,
  note: "",
});

export const isReady = ({ code, name, media, subject, body }: Draft): boolean =>
  /^[a-z][a-z0-9_]+$/.test(code) &&
  name.trim() !== "" &&
  body.trim() !== "" &&
  media.length > 0 &&
  (!media.includes("email") || subject.trim() !== "");

/** The rules by colour: what was reached is good, what failed is bad, what nobody knows is in between. */
export function toneOf(status: Message["status"]): "risk-normal" | "risk-high" | "risk-medium" | "" {
  if (status === "delivered" || status === "accepted") return "risk-normal";
  if (status === "failed" || status === "refused") return "risk-high";
  return status === "unknown" ? "risk-medium" : "";
}

/** Of the consent panel: one row per person with the marketing words by medium; media without any address or word are left out. */
export function peopleOf(rows: readonly Consent[]): Map<number | null, Consent[]> {
  const people = new Map<number | null, Consent[]>();
  for (const row of rows)
    if (row.purpose === "marketing" && row.medium !== "other")
      people.set(row.contact_id, [...(people.get(row.contact_id) ?? []), row]);
  return people;
}
