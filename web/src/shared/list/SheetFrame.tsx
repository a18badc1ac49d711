import { Button, Drawer, Modal } from "antd";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../lib/useMedia";
import type { SheetProps } from "./Sheet";
import "./list.css";

/** The dialogue or drawer of a sheet. */
export function SheetFrame(props: SheetProps) {
  const phone = usePhone();
  const { open, title, onClose } = props;
  if (phone) {
    return (
      <Drawer
        open={open}
        onClose={onClose}
        placement="bottom"
        size="auto"
        title={title}
        className="sheet"
        destroyOnHidden
      >
        <SheetForm {...props} />
      </Drawer>
    );
  }
  return (
    <Modal open={open} onCancel={onClose} title={title} footer={null} width={460} destroyOnHidden>
      <SheetForm {...props} />
    </Modal>
  );
}

function SheetForm({ children, onClose, onSave, saveLabel, saving, disabled }: SheetProps) {
  const { t } = useTranslation("common");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled && !saving) onSave();
  };
  return (
    <form onSubmit={submit} className="sheet-form">
      {children}
      <div className="sheet-actions">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={saving} disabled={disabled}>
          {saveLabel ?? t("action.save")}
        </Button>
      </div>
    </form>
  );
}
