import { Button, Drawer } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface FilterSheetProps {
  open: boolean;
  children: ReactNode;
  active: number;
  onClear: () => void;
  onClose: () => void;
}

/** The filters of a list on the phone, from below. */
export function FilterSheet({ open, children, active, onClear, onClose }: FilterSheetProps) {
  const { t } = useTranslation(["list", "common"]);
  const footer = (
    <div className="sheet-actions">
      <Button onClick={onClear} disabled={active === 0}>
        {t("common:action.clearFilters")}
      </Button>
      <Button type="primary" onClick={onClose}>
        {t("common:action.done")}
      </Button>
    </div>
  );
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="bottom"
      size="80%"
      title={t("filters")}
      className="sheet"
      footer={footer}
    >
      <div className="filter-sheet">{children}</div>
    </Drawer>
  );
}
