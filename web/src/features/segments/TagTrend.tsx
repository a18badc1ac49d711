import { useTranslation } from "react-i18next";
import { Delta } from "@/shared/ui/Delta";
import { Spark } from "@/shared/ui/Spark";
import { changeOf, type Tag } from "./segments.logic";

/** How the number of members went over the last scorings; more is neither good nor bad. */
export function TagTrend({ tag }: { tag: Tag }) {
  const { t } = useTranslation("segments");
  const change = changeOf(tag);
  return (
    <span className="row">
      <Spark values={tag.trend.map(({ members }) => members)} label={t("trend", { count: tag.trend.length })} />
      {change !== null && (
        <span className="small tag-change">
          <Delta value={change} flatBelow={1} />
        </span>
      )}
    </span>
  );
}
