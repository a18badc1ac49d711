import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { TagChip } from "@/shared/list/TagChip";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import type { Tag } from "./segments.logic";
import { TagTrend } from "./TagTrend";

/** The list on the phone. */
export function SegmentCards({ tags }: { tags: readonly Tag[] }) {
  const { t } = useTranslation("segments");
  const to = useTo();
  const format = useFormat();
  return (
    <ul className="cards">
      {tags.map((tag) => (
        <li key={tag.id}>
          <Link to={to(`/segments/${tag.id}`)} className="card">
            <div className="spread">
              <TagChip tag={tag} />
              <strong className="num">{format.customers(tag.members)}</strong>
            </div>
            <div className="spread">
              <span className="muted small grow">
                {t(`kind.${tag.kind}`)}
                {!tag.enabled && ` · ${t("disabled")}`} {tag.about && `· ${tag.about}`}
              </span>
              <TagTrend tag={tag} />
            </div>
          </Link>
        </li>
      ))}
    </ul>
  );
}
