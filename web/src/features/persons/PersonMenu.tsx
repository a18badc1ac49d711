import { MoreOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { onDemand } from "@/shared/list/onDemand";
import { useCan } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { Popover } from "@/shared/ui/Popover";
import type { PersonOf } from "./PersonSelect";
import "./persons.css";

export interface PersonSheetProps {
  customer: PersonOf;
  open: boolean;
  onClose: () => void;
}

const ExportSheet = onDemand<PersonSheetProps>(
  ({ open }) => open,
  async () => (await import("./PersonExportForm")).PersonExportForm,
);
const EraseSheet = onDemand<PersonSheetProps>(
  ({ open }) => open,
  async () => (await import("./PersonEraseForm")).PersonEraseForm,
);

/** 更多: a copy of the person's data, its erasure. Nothing for those who may do neither. */
export function PersonMenu({ customer }: { customer: PersonOf }) {
  const { t } = useTranslation("persons");
  const can = useCan();
  const [asked, setAsked] = useState<"export" | "erase" | null>(null);
  const exports = can("export") && can("personal_data");
  const erases = can("workspace");
  const close = () => setAsked(null);
  const go = (what: "export" | "erase", shut: () => void) => {
    shut();
    setAsked(what);
  };
  if (!exports && !erases) return null;
  return (
    <>
      <Popover
        label={t("menu")}
        trigger={(props) => <Button {...props} aria-label={t("menu")} icon={<Icon of={MoreOutlined} />} />}
      >
        {(shut) => (
          <div className="person-menu">
            {exports && <Item label={t("export.title")} onClick={() => go("export", shut)} />}
            {erases && <Item label={t("erase.title")} danger onClick={() => go("erase", shut)} />}
          </div>
        )}
      </Popover>
      <ExportSheet customer={customer} open={asked === "export"} onClose={close} />
      <EraseSheet customer={customer} open={asked === "erase"} onClose={close} />
    </>
  );
}

function Item({ label, danger, onClick }: { label: string; danger?: boolean; onClick: () => void }) {
  return (
    <button type="button" className={danger ? "menu-item danger" : "menu-item"} onClick={onClick}>
      {label}
    </button>
  );
}
