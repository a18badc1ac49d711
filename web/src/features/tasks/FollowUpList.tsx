import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { useFormat } from "@/shared/session/useFormat";
import "./tasks.css";

/** What was done, newest first. */
export function FollowUpList({ items }: { items: readonly Schemas["FollowUpOut"][] }) {
  const { t } = useTranslation("tasks");
  const format = useFormat();
  if (items.length === 0) return <p className="muted">{t("noFollowUps")}</p>;
  return (
    <ol className="follow-ups">
      {[...items].reverse().map((item) => (
        <li key={item.id}>
          <div className="spread">
            <span className="row">
              <span className="tag">{t(`result.${item.result}`)}</span>
              {item.by?.name}
            </span>
            <span className="muted small">{format.dayTime(item.at)}</span>
          </div>
          {item.note && <p>{item.note}</p>}
          {item.next_at && <p className="muted small">{t("nextAt", { day: format.day(item.next_at) })}</p>}
        </li>
      ))}
    </ol>
  );
}
