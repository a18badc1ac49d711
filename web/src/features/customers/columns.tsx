import type { TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { LEVEL_FILL } from "@/shared/lib/risk";
import { CustomerCell } from "@/shared/list/CustomerCell";
import { TagChips } from "@/shared/list/TagChip";
import type { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { Score } from "@/shared/ui/Score";
import { Spark } from "@/shared/ui/Spark";
import type { Column, CustomerRow } from "./customers.logic";

export interface ColumnTools {
  t: TFunction<["customers", "common"]>;
  format: ReturnType<typeof useFormat>;
  to: (path: string) => string;
  sort: string;
}

type Col = TableColumnsType<CustomerRow>[number];
const SOON_DAYS = 30;

function sorting(column: string, sort: string): Col {
  const order = sort === column ? "ascend" : sort === `-${column}` ? "descend" : null;
  return { key: column, sorter: true, sortOrder: order, sortDirections: ["descend", "ascend", "descend"] };
}

export function ScoreCell({ row }: { row: CustomerRow }) {
  return (
    <span className="score-cell">
      <Score score={row.score} level={row.level} adjusted={row.is_adjusted} />
      <Spark values={row.history} color={LEVEL_FILL[row.level]} />
      <span className="small">
        <Delta value={row.delta_7d} />
      </span>
    </span>
  );
}

/** Ends soon = red, as words: the date and the days. */
export function ContractEnd({ day, t, format }: { day: string | null } & Pick<ColumnTools, "t" | "format">) {
  if (!day) return <span className="muted">{t("common:state.none")}</span>;
  const left = format.daysUntil(day);
  const text = left < 0 ? t("end.past", { count: -left }) : t("end.left", { count: left });
  return <span className={left <= SOON_DAYS ? "soon" : ""}>{text}</span>;
}

const OPTIONAL: Record<Column, (tools: ColumnTools) => Col> = {
  reason: ({ t }) => ({
    key: "reason",
    title: t("column.reason"),
    width: 224,
    render: (_, row) => <div className="two-lines">{row.top_reason}</div>,
  }),
  segment: ({ t }) => ({
    key: "segment",
    title: t("column.segment"),
    render: (_, row) => (
      <span className="row wrap customer-tags">
        {row.segment && <span className="tag">{row.segment}</span>}
        <span className="tag">{t(`common:tier.${row.tier}`)}</span>
        {row.status !== "active" && <span className="tag">{t(`common:status.${row.status}`)}</span>}
        <TagChips tags={row.tags} />
      </span>
    ),
  }),
  annual_value: ({ t, format, sort }) => ({
    ...sorting("annual_value", sort),
    title: t("column.annual_value"),
    align: "right",
    render: (_, row) => format.money(row.annual_value),
  }),
  expected_loss: ({ t, format, sort }) => ({
    ...sorting("expected_loss", sort),
    title: t("column.expected_loss"),
    align: "right",
    render: (_, row) => format.money(row.expected_loss),
  }),
  last_order_at: ({ t, format, sort }) => ({
    ...sorting("last_order_at", sort),
    title: t("column.last_order_at"),
    render: (_, row) =>
      row.last_order_at ? (
        <span title={format.dayTime(row.last_order_at)}>{format.ago(row.last_order_at)}</span>
      ) : (
        t("common:state.none")
      ),
  }),
  last_activity_at: ({ t, format, sort }) => ({
    ...sorting("last_activity_at", sort),
    title: t("column.last_activity_at"),
    render: (_, row) =>
      row.last_activity_at ? (
        <span title={format.dayTime(row.last_activity_at)}>{format.ago(row.last_activity_at)}</span>
      ) : (
        t("common:state.none")
      ),
  }),
  contract_ends_on: ({ t, format, sort }) => ({
    ...sorting("contract_ends_on", sort),
    title: t("column.contract_ends_on"),
    render: (_, row) => <ContractEnd day={row.contract_ends_on} t={t} format={format} />,
  }),
  owner: ({ t }) => ({
    key: "owner",
    title: t("column.owner"),
    render: (_, row) => row.owner?.name ?? <span className="muted">{t("common:state.unassigned")}</span>,
  }),
};

/** Name and score always; the others as the person chose. */
export function columnsOf(chosen: readonly Column[], tools: ColumnTools): TableColumnsType<CustomerRow> {
  const { t, to, sort } = tools;
  return [
    {
      ...sorting("name", sort),
      title: t("column.customer"),
      fixed: "left",
      width: 236,
      render: (_, row) => <CustomerCell customer={row} to={to(`/customers/${row.id}`)} />,
    },
    {
      ...sorting("score", sort),
      title: t("common:score.name"),
      width: 164,
      render: (_, row) => <ScoreCell row={row} />,
    },
    ...chosen.map((column) => OPTIONAL[column](tools)),
  ];
}
