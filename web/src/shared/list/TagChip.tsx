import type { Schemas } from "../api/client";
import "./tagChip.css";

export type TagRef = Schemas["TagRef"];

/** A customer's tag: its name on a pale ground of its colour. */
export function TagChip({ tag }: { tag: TagRef }) {
  return <span className={`tag tag-${tag.colour}`}>{tag.name}</span>;
}

const SHOWN = 3;

/** A few tags; the others by number, their names on pointing at it. */
export function TagChips({ tags, most = SHOWN }: { tags: readonly TagRef[]; most?: number }) {
  const rest = tags.slice(most);
  return (
    <>
      {tags.slice(0, most).map((tag) => (
        <TagChip key={tag.code} tag={tag} />
      ))}
      {rest.length > 0 && (
        <span className="tag" title={rest.map(({ name }) => name).join(" · ")}>
          +{rest.length}
        </span>
      )}
    </>
  );
}
