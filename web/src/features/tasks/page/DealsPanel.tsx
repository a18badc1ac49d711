import { useTranslation } from "react-i18next";
import { DealStage } from "@/features/customer360/DealStage";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";

/** The customer's deals in progress, with the stage to move; nothing where there are none. */
export function DealsPanel({ deals }: { deals: readonly Schemas["OpportunityOut"][] }) {
  const { t } = useTranslation("work");
  const format = useFormat();
  if (deals.length === 0) return null;
  return (
    <Panel title={t("deal.title")}>
      <ul className="stack">
        {deals.map((deal) => (
          <li key={deal.id} className="spread wrap">
            <span>
              {deal.name} {deal.amount !== null && <span className="num muted">{format.money(deal.amount)}</span>}
            </span>
            <DealStage deal={deal} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
