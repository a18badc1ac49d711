import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { count } from "../lib/format";
import { Icon } from "./Icon";

export interface CursorPagerProps {
  /** Rows on this page. */
  shown: number;
  total: number;
  totalIsCapped?: boolean;
  nextCursor: string | null;
  /** The cursors of the pages before this one, oldest first, as kept in the address; `""` is the first page. */
  trail: readonly string[];
  pageSize: number;
  onGo: (cursor: string, trail: readonly string[]) => void;
  cursor: string;
}

/** Pages by cursor: forward with the server's cursor, back along the trail. */
export function CursorPager({
  shown,
  total,
  totalIsCapped,
  nextCursor,
  trail,
  pageSize,
  onGo,
  cursor,
}: CursorPagerProps) {
  const { t } = useTranslation("common");
  const start = trail.length * pageSize + 1;
  const range = shown ? `${count(start)}–${count(start + shown - 1)}` : "0";
  return (
    <nav className="pager" aria-label={t("pager.label")}>
      <span>
        {range} / {count(total)}
        {totalIsCapped ? "+" : ""}
      </span>
      <span className="row">
        <Button
          aria-label={t("pager.back")}
          disabled={trail.length === 0}
          icon={<Icon of={LeftOutlined} />}
          onClick={() => onGo(trail.at(-1) ?? "", trail.slice(0, -1))}
        />
        <span>{t("pager.page", { page: trail.length + 1 })}</span>
        <Button
          aria-label={t("pager.next")}
          disabled={!nextCursor}
          icon={<Icon of={RightOutlined} />}
          onClick={() => nextCursor && onGo(nextCursor, [...trail, cursor])}
        />
      </span>
    </nav>
  );
}
