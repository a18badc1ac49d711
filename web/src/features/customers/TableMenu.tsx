import { ColumnHeightOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { COLUMNS, readHabits, type TableHabits } from "./customers.logic";

const STORED = "liuke.customers.table";

/** Columns and density, remembered by this browser. */
export function useTableHabits(): [TableHabits, (habits: TableHabits) => void] {
  const [habits, setHabits] = useState(() => readHabits(localStorage.getItem(STORED)));
  const keep = (next: TableHabits) => {
    localStorage.setItem(STORED, JSON.stringify(next));
    setHabits(next);
  };
  return [habits, keep];
}

export function TableMenu({ habits, onChange }: { habits: TableHabits; onChange: (habits: TableHabits) => void }) {
  const { t } = useTranslation("customers");
  const densities = (["middle", "small"] as const).map((value) => ({ value, label: t(`density.${value}`) }));
  const content = (
    <div className="table-menu">
      <strong>{t("density.label")}</strong>
      <Segmented
        block
        options={densities}
        value={habits.density}
        onChange={(density) => onChange({ ...habits, density })}
      />
      <strong>{t("column.label")}</strong>
      <Checkbox.Group
        value={habits.columns}
        options={COLUMNS.map((value) => ({ value, label: t(`column.${value}`) }))}
        onChange={(chosen) => onChange({ ...habits, columns: COLUMNS.filter((column) => chosen.includes(column)) })}
      />
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button icon={<Icon of={ColumnHeightOutlined} />} aria-label={t("column.menu")} />
    </Popover>
  );
}
