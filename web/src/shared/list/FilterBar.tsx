import { FilterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../lib/useMedia";
import { Icon } from "../ui/Icon";
import type { FilterSheetProps } from "./FilterSheet";
import { onDemand } from "./onDemand";
import "./list.css";

export interface FilterBarProps {
  search: ReactNode;
  children: ReactNode;
  /** How many filters are set, for the button on the phone. */
  active: number;
  onClear: () => void;
  extra?: ReactNode;
}

const FilterSheet = onDemand<FilterSheetProps>(
  ({ open }) => open,
  async () => (await import("./FilterSheet")).FilterSheet,
);

/** Search and filters in a row; on a phone the filters open from below. */
export function FilterBar({ search, children, active, onClear, extra }: FilterBarProps) {
  const { t } = useTranslation(["list", "common"]);
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  if (!phone) {
    return (
      <div className="filter-bar" role="search">
        {search}
        {children}
        {active > 0 && (
          <Button type="text" onClick={onClear}>
            {t("common:action.clearFilters")}
          </Button>
        )}
        <span className="grow" />
        {extra}
      </div>
    );
  }
  return (
    <div className="filter-bar" role="search">
      {search}
      <Button icon={<Icon of={FilterOutlined} />} onClick={() => setOpen(true)} aria-expanded={open}>
        {active > 0 ? t("filtersSet", { count: active }) : t("filters")}
      </Button>
      <FilterSheet open={open} active={active} onClear={onClear} onClose={() => setOpen(false)}>
        {children}
      </FilterSheet>
    </div>
  );
}
