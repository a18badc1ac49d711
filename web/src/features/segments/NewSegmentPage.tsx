import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/SessionContext";
import { NoPermission } from "@/shared/ui/ErrorState";
import { PageHeader } from "@/shared/ui/PageHeader";
import { SegmentEditor } from "./SegmentEditor";
import "./segments.css";
import "@/shared/list/list.css";

/** A new tag, from nothing. */
export function NewSegmentPage() {
  const { t } = useTranslation("segments");
  const can = useCan();
  if (!can("publish")) return <NoPermission />;
  return (
    <>
      <PageHeader title={t("new")} meta={t("newText")} />
      <SegmentEditor tag={null} />
    </>
  );
}
