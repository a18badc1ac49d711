import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { Chips } from "@/shared/ui/Chips";
import { PageHeader } from "@/shared/ui/PageHeader";
import { InterviewsPanel } from "./InterviewsPanel";
import { PainsPanel } from "./PainsPanel";
import "@/shared/list/list.css";
import "./feedback.css";

const TABS = ["interviews", "pains"] as const;

/** 客户心声: why customers leave, and what hurts those who stay. */
export function FeedbackPage() {
  const { t } = useTranslation("feedback");
  const [url, change] = useUrlState({ tab: "interviews" });
  const tab = TABS.find((one) => one === url.tab) ?? "interviews";
  return (
    <>
      <PageHeader title={t("title")} meta={t("about")} />
      <div className="stack">
        <Chips
          label={t("tabs.label")}
          items={TABS.map((key) => ({ key, label: t(`tabs.${key}`) }))}
          value={tab}
          onChange={(key) => change({ tab: key }, { replace: true })}
        />
        {tab === "pains" ? <PainsPanel /> : <InterviewsPanel />}
      </div>
    </>
  );
}
