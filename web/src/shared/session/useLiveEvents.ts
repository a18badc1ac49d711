import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Which queries an event of the server makes stale, by a part of their path; undefined = all. */
export function staleAfter(event: string): readonly string[] | undefined {
  if (event === "notice") return ["/notices", "/alerts", "/work-items", "/today"];
  if (event === "job") return ["/jobs/", "/imports"];
  if (event === "alert" || event === "score") return ["/alerts", "/work-items", "/today", "/customers"];
  return undefined;
}

const EVENTS = ["notice", "job", "changed", "alert", "score"] as const;
/** Scores move several times a second while events come in; a page that is read needs no more than this (milliseconds). */
const CALM = 3000;

/** Keeps what is on the screen fresh while the server tells what happens. The browser reconnects by itself. */
export function useLiveEvents(slug: string): void {
  const client = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined") return;
    const source = new EventSource(`/events?workspace=${encodeURIComponent(slug)}`);
    let calmUntil = 0;
    const listen = ({ type }: Event) => {
      if (type === "score" && Date.now() < calmUntil) return;
      if (type === "score") calmUntil = Date.now() + CALM;
      const parts = staleAfter(type);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => !parts || parts.some((part) => String(queryKey[1]).includes(part)),
      });
    };
    for (const event of EVENTS) source.addEventListener(event, listen);
    return () => source.close();
  }, [client, slug]);
}
