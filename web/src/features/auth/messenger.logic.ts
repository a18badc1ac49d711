import type { Schemas } from "@/shared/api/client";

type Offer = Schemas["LoginOfferOut"];

const MARKS: Record<string, RegExp> = { wecom: /wxwork/i, dingtalk: /dingtalk/i, feishu: /lark|feishu/i };
const REFUSALS = ["state", "login_unbound", "login_refused"] as const;

export const isInside = (kind: string, agent: string) => MARKS[kind]?.test(agent) ?? false;

/** Where the browser begins the log-in; inside the messenger nobody has to scan or confirm. */
export function beginAddress({ channel_id, kind }: Offer, next: string, agent: string): string {
  const asked = new URLSearchParams({ next, ...(isInside(kind, agent) && { inside: "1" }) });
  return `/api/login/${channel_id}/begin?${asked}`;
}

/** The offer that is taken by itself: the page is open in that very messenger and was not just refused. */
export function silentOffer(offers: readonly Offer[], agent: string, refused: string | null): Offer | undefined {
  return refused ? undefined : offers.find(({ kind }) => isInside(kind, agent));
}

export function refusalKey(refused: string | null): `login.refused.${(typeof REFUSALS)[number]}` | undefined {
  if (!refused) return undefined;
  return `login.refused.${REFUSALS.find((known) => known === refused) ?? "login_refused"}`;
}
