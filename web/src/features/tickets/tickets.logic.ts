import type { Schemas } from "@/shared/api/client";
import type { Moment } from "@/shared/lib/dates";
import { dateAfter, morningOf } from "@/shared/list/moments";

export type Ticket = Schemas["TicketRow"];
export type Topic = Ticket["topic"];
export type TicketMove = Ticket["moves"][number];

export const TOPICS: readonly Topic[] = [
  "quality",
  "parts",
  "product",
  "delivery",
  "billing",
  "regional",
  "recovery",
  "other",
];
export const SCOPES = ["received", "raised", "all"] as const;
export type Scope = (typeof SCOPES)[number];
export const STATUSES = ["unfinished", "open", "working", "returned", "solved"] as const;
export type StatusFilter = (typeof STATUSES)[number];

/** What a ticket is about: one of the three. */
export interface About {
  work_item_id?: number;
  alert_id?: number;
  customer_id?: number;
}

export interface TicketDraft {
  topic: Topic;
  title: string;
  text: string;
  team: string;
  owner: string;
  due: string;
}

export const emptyDraft = (now: Moment, zone: string): TicketDraft => ({
  topic: "quality",
  title: "",
  text: "",
  team: "",
  owner: "",
  due: dateAfter(now, zone, 2),
});

/** Another topic goes to the team that receives it; without one the chosen team stays. */
export function withTopic(draft: TicketDraft, topic: Topic, routes: readonly Schemas["TicketRoute"][]): TicketDraft {
  const team = routes.find((route) => route.topic === topic)?.team_id;
  return team == null ? { ...draft, topic } : { ...draft, topic, team: String(team), owner: "" };
}

export const isReady = ({ title, team }: TicketDraft) => title.trim() !== "" && team !== "";

export function bodyOf(draft: TicketDraft, about: About, key: string, now: Moment, zone: string): Schemas["TicketIn"] {
  return {
    topic: draft.topic,
    title: draft.title.trim(),
    text: draft.text.trim(),
    team_id: Number(draft.team),
    owner_id: draft.owner ? Number(draft.owner) : null,
    due_at: draft.due ? morningOf(draft.due, now, zone) : null,
    request_key: key,
    ...about,
  };
}
