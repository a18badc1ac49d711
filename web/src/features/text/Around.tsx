import { useTranslation } from "react-i18next";
import { api } from "@/shared/api/client";
import { useSlug } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { ReadingChips, ReadText } from "@/shared/text/ReadText";
import { ErrorState } from "@/shared/ui/ErrorState";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import { type Item, nameOf } from "./review.logic";

/** The conversation around a text, theirs on the left, ours on the right. */
export function Around({ item }: { item: Item }) {
  const { t } = useTranslation("text");
  const format = useFormat();
  const { source, activity_id } = item;
  const around = api.useQuery("get", "/api/v1/w/{slug}/text/around", {
    params: { path: { slug: useSlug() }, query: { source, activity_id } },
  });
  if (around.isError) return <ErrorState error={around.error} retry={() => void around.refetch()} />;
  if (!around.data) return <SkeletonRows rows={3} />;
  return (
    <ol className="talk" aria-label={t("review.around")}>
      {around.data.map((one) => (
        <li
          key={nameOf(one)}
          className={`${one.from_us ? "ours" : "theirs"}${nameOf(one) === nameOf(item) ? " this" : ""}`}
        >
          <span className="muted small">
            {one.from_us ? t("review.us") : one.kind_name} · {format.dayTime(one.at)}
          </span>
          <p>{one.gone ? t("review.gone") : <ReadText text={one.text} reading={one.reading} />}</p>
          {one.reading && <ReadingChips reading={one.reading} />}
        </li>
      ))}
    </ol>
  );
}
