import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useUrlState } from "@/shared/lib/urlState";
import { useCan } from "@/shared/session/SessionContext";
import { Chips } from "@/shared/ui/Chips";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { ReviewTab } from "./ReviewTab";
import "./text.css";
import "@/shared/list/list.css";

const ListsTab = lazy(async () => ({ default: (await import("./ListsTab")).ListsTab }));
const SettingsTab = lazy(async () => ({ default: (await import("./SettingsTab")).SettingsTab }));
const TABS = ["review", "lists", "settings"] as const;
type Tab = (typeof TABS)[number];

/** 质检与词库: what customers write, who judges how it was read, and by which words it is read. */
export function TextPage() {
  const { t } = useTranslation(["text", "shell"]);
  const can = useCan();
  const [{ tab: wanted }, change] = useUrlState({ tab: "" });
  const tabs = TABS.filter((tab) => tab !== "settings" || can("workspace") || can("publish"));
  const tab: Tab = tabs.find((one) => one === wanted) ?? "review";
  return (
    <>
      <PageHeader title={t("shell:nav.text")} />
      <div className="stack">
        <Chips
          label={t("text:tab.label")}
          value={tab}
          onChange={(next) => change({ tab: next })}
          items={tabs.map((key) => ({ key, label: t(`text:tab.${key}`) }))}
        />
        {tab === "review" && <ReviewTab />}
        <Suspense fallback={<SkeletonRows />}>
          {tab === "lists" && <ListsTab />}
          {tab === "settings" && <SettingsTab />}
        </Suspense>
      </div>
    </>
  );
}
