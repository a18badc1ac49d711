import { useTranslation } from "react-i18next";
import type { Permission } from "@/shared/session/SessionContext";

/** What a shell takes to send one activity with the key. */
export function curlOf(origin: string, secret: string, now: string): string {
  const row = { activity_id: "o-1001", customer_key: "C1", ts: now, kind: "page.viewed" };
  return [
    `curl -X POST '${origin}/api/v1/activities?source=shop'`,
    `  -H 'Authorization: Bearer ${secret}'`,
    "  -H 'Content-Type: application/json'",
    `  -d '${JSON.stringify([row])}'`,
  ].join(" \\\n");
}

/** A ready example for keys that send rows; nothing for the others. */
export function KeyExample({ secret, scopes }: { secret: string; scopes: readonly Permission[] }) {
  const { t } = useTranslation("settings");
  if (!scopes.some((scope) => scope === "ingest" || scope === "import" || scope === "track")) return null;
  const example = curlOf(window.location.origin, secret, new Date().toISOString());
  return (
    <figure style={{ margin: "16px 0 0" }}>
      <figcaption className="muted small">{t("key.example")}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, so the keyboard must reach them */}
      <pre tabIndex={0} style={{ overflowX: "auto", fontSize: 12, userSelect: "all" }}>
        {example}
      </pre>
    </figure>
  );
}
