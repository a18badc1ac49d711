import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";

/** Sources of the product itself; all others are named by who added them. */
const NAMED = new Set(["sample", "sample-made"]);

/** Up to when each source has spoken: silence of a customer and a dead connector look alike without it. */
export function SourceStamps({ sources }: { sources: readonly Schemas["SourceStamp"][] }) {
  const { t } = useTranslation("customer360");
  const format = useFormat();
  if (sources.length === 0) return null;
  return (
    <dl className="facts small">
      {sources.map(({ source, newest_at }) => (
        <div key={source} style={{ display: "contents" }}>
          <dt>{NAMED.has(source) ? t(`evidence.source.${source as "sample"}`) : source}</dt>
          <dd>{newest_at ? t("evidence.asOf", { time: format.dayTime(newest_at) }) : t("evidence.never")}</dd>
        </div>
      ))}
    </dl>
  );
}
