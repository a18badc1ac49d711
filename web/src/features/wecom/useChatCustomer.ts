import { useQuery } from "@tanstack/react-query";
import { fetchApi } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { inTime, wecomSdk } from "./sdk";
import type { Chat, Why } from "./sidebar.logic";

const ONCE = { retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, meta: { quiet: true } };

export type Found = { id: number } | { why: Why };

async function found(slug: string): Promise<Found> {
  const contact = await wecomSdk(slug)
    .then((sdk) => inTime(sdk.getCurExternalContact()))
    .catch(() => null);
  if (!contact?.userId) return { why: "blocked" };
  const path = { slug, external_id: contact.userId };
  const { data } = await fetchApi.GET("/api/v1/w/{slug}/wecom/customers/{external_id}", { params: { path } });
  return data ? { id: data.customer_id } : { why: "unknown" };
}

/** The customer of the chat beside which the side bar stands, or why there is none; undefined while WeCom is asked. */
export function useChatCustomer(inside: boolean, wanted: boolean): Found | undefined {
  const slug = useSlug();
  const asked = useQuery({
    queryKey: ["wecom-contact", slug],
    queryFn: () => found(slug),
    enabled: inside && wanted,
    ...ONCE,
  });
  if (!inside) return { why: "outside" };
  return asked.isError ? { why: "blocked" } : asked.data;
}

async function opened(slug: string, customer: number): Promise<Chat> {
  const params = { path: { slug, customer_id: customer } };
  const { data } = await fetchApi.GET("/api/v1/w/{slug}/customers/{customer_id}/wecom", { params });
  if (!data?.external_id) return "missing";
  const asked = { externalUserIds: [data.external_id], groupName: "" };
  return wecomSdk(slug)
    .then((sdk) => inTime(sdk.openEnterpriseChat(asked)))
    .then(
      () => "opened" as const,
      () => "failed" as const,
    );
}

/** Opens the chat with a customer, once. */
export function useOpenChat(customer: number | null, wanted: boolean): Chat | null {
  const slug = useSlug();
  const asked = useQuery({
    queryKey: ["wecom-chat", slug, customer],
    queryFn: () => opened(slug, customer ?? 0),
    enabled: wanted && customer !== null,
    ...ONCE,
  });
  if (!wanted || customer === null) return null;
  return asked.isError ? "failed" : (asked.data ?? "opening");
}
