import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";
import { percent } from "./mining.logic";

const INDISTINCT = 0.25;

/** Kinds of customers who left, by the money they took along. */
export function ClustersView({ found }: { found: Schemas["ClustersOut"] }) {
  const { t } = useTranslation("mining");
  const { money, customers } = useFormat();
  return (
    <>
      <p className="muted small">
        {t(found.silhouette < INDISTINCT ? "clusters.shades" : "clusters.distinct", {
          customers: customers(found.customers),
          silhouette: found.silhouette.toFixed(2),
        })}
      </p>
      <ul className="mining-list">
        {found.clusters.map((cluster) => (
          <li key={cluster.name} className="mining-card">
            <h2>{cluster.name}</h2>
            <p>
              {customers(cluster.customers)} · {percent(cluster.share)} · {money(cluster.money)}
            </p>
            <ul className="mining-sentences">
              {cluster.traits.map((trait) => (
                <li key={trait.column}>
                  {t("clusters.trait", {
                    label: trait.label,
                    median: Number(trait.median.toPrecision(3)),
                    all: Number(trait.all_median.toPrecision(3)),
                  })}
                </li>
              ))}
            </ul>
            {cluster.signals.length > 0 && (
              <p className="muted small">{t("clusters.signals", { list: cluster.signals.join(t("clusters.and")) })}</p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
