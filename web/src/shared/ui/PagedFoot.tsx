import { CursorPager } from "./CursorPager";
import { usePager } from "./usePager";

export interface PagedFootProps {
  /** The page as the server answered it. */
  page: { items: readonly unknown[]; total: number; total_is_capped?: boolean; next_cursor: string | null };
  /** Rows asked for. */
  size: number;
}

/** The foot of a list whose page lies in the address; nothing where there is nothing to page through. */
export function PagedFoot({ page, size }: PagedFootProps) {
  const { cursor, trail, onGo } = usePager();
  if (page.items.length === 0 && !page.next_cursor && trail.length === 0) return null;
  return (
    <CursorPager
      shown={page.items.length}
      total={page.total}
      totalIsCapped={page.total_is_capped ?? false}
      nextCursor={page.next_cursor}
      trail={trail}
      cursor={cursor}
      pageSize={size}
      onGo={onGo}
    />
  );
}
