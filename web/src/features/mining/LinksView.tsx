import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { EmptyState } from "@/shared/ui/EmptyState";
import { SimpleTable } from "@/shared/ui/SimpleTable";
import { interval, percent } from "./mining.logic";

/** What those who were lost had done together, with support, confidence and lift. */
export function LinksView({ found }: { found: Schemas["LinksOut"] }) {
  const { t } = useTranslation("mining");
  if (found.links.length === 0)
    return <EmptyState title={t("links.none")} text={t("links.noneText", { tested: found.tested })} />;
  return (
    <>
      <p className="muted small">{t("links.how", { tested: found.tested, customers: found.customers })}</p>
      <SimpleTable
        label={t("tab.links")}
        rows={found.links}
        rowKey={({ items }) => items.join("|")}
        columns={[
          { key: "text", title: t("links.text"), render: ({ text }) => text },
          { key: "n", title: t("links.n"), render: ({ n, support }) => `${n} (${percent(support)})`, end: true },
          {
            key: "rate",
            title: t("links.rate"),
            render: (link) => interval(link.confidence, link.low, link.high),
            end: true,
          },
          { key: "lift", title: t("links.lift"), render: ({ lift }) => `${lift.toFixed(1)}×`, end: true },
        ]}
      />
    </>
  );
}
