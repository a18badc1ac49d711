import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { PAGER_KEYS } from "@/shared/ui/usePager";
import { DecisionsPanel } from "./DecisionsPanel";
import { DoNotContactPanel } from "./DoNotContactPanel";
import { PolicyPanel } from "./PolicyPanel";
import { TABS, type Tab, tabOf } from "./policy.logic";
import { SuppressionsPanel } from "./SuppressionsPanel";

const PARTS: Record<Tab, () => React.ReactNode> = {
  policy: () => <PolicyPanel />,
  decisions: () => <DecisionsPanel />,
  doNotContact: () => <DoNotContactPanel />,
  suppressions: () => <SuppressionsPanel />,
};

/** 触达规则: what may reach customers, what was refused and why, and who is left alone. */
export function GovernorPage() {
  const { t } = useTranslation("governor");
  const can = useCan();
  const [url, change] = useUrlState({ tab: "policy" }, PAGER_KEYS);
  const tabs = TABS.filter((key) => key !== "suppressions" || can("publish"));
  const tab = tabOf(url.tab);
  return (
    <div className="stack">
      <p className="muted">{t("about")}</p>
      <Chips<Tab>
        label={t("tab.label")}
        value={tab}
        onChange={(next) => change({ tab: next })}
        items={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      {PARTS[tab]()}
    </div>
  );
}
