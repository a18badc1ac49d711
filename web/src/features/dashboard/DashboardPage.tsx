import { useTranslation } from "react-i18next";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SkeletonRows } from "@/shared/ui/Skeletons";

export function DashboardPage() {
  const { t } = useTranslation("shell");
  return (
    <>
      <PageHeader title={t("nav.dashboard")} />
      <SkeletonRows />
    </>
  );
}
