import { useTranslation } from "react-i18next";
import { Panel } from "@/shared/ui/Panel";
import type { Promised } from "./promise.logic";
import { SharesTable } from "./SharesTable";

const TIERS = ["high", "mid", "low"] as const;

/** By value tier and by team. */
export function Segments({ report }: { report: Promised }) {
  const { t } = useTranslation(["promise", "common"]);
  const tier = (name: string) => {
    const known = TIERS.find((one) => one === name);
    return known ? t(`common:tier.${known}`) : name || t("promise:share.none");
  };
  return (
    <div className="promise-charts">
      <Panel title={t("promise:share.byTier")} flush>
        <SharesTable
          label={t("promise:share.byTier")}
          first={t("promise:share.tier")}
          shares={report.by_tier}
          named={tier}
        />
      </Panel>
      <Panel title={t("promise:share.byTeam")} flush>
        <SharesTable
          label={t("promise:share.byTeam")}
          first={t("promise:share.team")}
          shares={report.by_team}
          named={(name) => name || t("promise:share.noTeam")}
        />
      </Panel>
    </div>
  );
}
