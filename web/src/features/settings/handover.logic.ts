import type { Schemas } from "@/shared/api/client";

export interface HandOverForm {
  tiers: Schemas["HandOverIn"]["tiers"];
  segments: string[];
  q: string;
  how: "one" | "team";
  /** The chosen person's or team's id, empty before somebody chose. */
  target: string;
}

export const EMPTY_HAND_OVER: HandOverForm = { tiers: [], segments: [], q: "", how: "one", target: "" };

export const isReady = ({ target }: HandOverForm) => target !== "";

export function handOverBody({ tiers, segments, q, how, target }: HandOverForm): Schemas["HandOverIn"] {
  const to = Number(target);
  return { tiers, segments, q: q.trim(), owner_id: how === "one" ? to : null, team_id: how === "team" ? to : null };
}
