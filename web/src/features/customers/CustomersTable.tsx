import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { columnsOf } from "./columns";
import type { CustomerRow, TableHabits } from "./customers.logic";

export interface CustomersTableProps {
  rows: readonly CustomerRow[];
  loading: boolean;
  sort: string;
  onSort: (sort: string) => void;
  habits: TableHabits;
  selected: readonly number[];
  onSelect?: (ids: number[]) => void;
}

const TOP_BAR_PX = 56;

/** The desktop's table: its own chunk, so that the phone does not load it. */
export function CustomersTable({ rows, loading, sort, onSort, habits, selected, onSelect }: CustomersTableProps) {
  const { t } = useTranslation(["customers", "common"]);
  const format = useFormat();
  const to = useTo();
  const selection = onSelect && {
    selectedRowKeys: [...selected],
    onChange: (keys: React.Key[]) => onSelect(keys.map(Number)),
    getCheckboxProps: (row: CustomerRow) => ({ "aria-label": t("select", { name: row.name }) }),
    getTitleCheckboxProps: () => ({ "aria-label": t("selectAll") }),
    columnWidth: 44,
  };
  return (
    <Table<CustomerRow>
      className="customers-table"
      rowKey="id"
      columns={columnsOf(habits.columns, { t, format, to, sort })}
      dataSource={[...rows]}
      loading={loading}
      pagination={false}
      size={habits.density}
      rowSelection={selection}
      scroll={{ x: "max-content" }}
      sticky={{ offsetHeader: TOP_BAR_PX }}
      showSorterTooltip={false}
      onChange={(_pages, _filters, sorter) => {
        const chosen = Array.isArray(sorter) ? sorter[0] : sorter;
        if (chosen?.columnKey) onSort(`${chosen.order === "ascend" ? "" : "-"}${String(chosen.columnKey)}`);
      }}
    />
  );
}
