import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { AlertSheets, type Asked } from "./AlertSheets";
import { useAlertChanges } from "./useAlertChanges";

/** What can be done with the selected alerts; every change can be undone. */
export function AlertBulkBar({ ids, onDone }: { ids: number[]; onDone: () => void }) {
  const { t } = useTranslation(["alerts", "common"]);
  const can = useCan();
  const changes = useAlertChanges();
  const [asked, setAsked] = useState<Asked>(null);
  const claim = () => {
    changes.claim(ids);
    onDone();
  };
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t("bulk.label")}>
      <strong>{t("bulk.selected", { count: ids.length })}</strong>
      <Button type="primary" onClick={claim} loading={changes.busy}>
        {t("action.claim")}
      </Button>
      {can("assign") && <Button onClick={() => setAsked("assign")}>{t("action.assign")}</Button>}
      <Button onClick={() => setAsked("snooze")}>{t("action.snooze")}</Button>
      <Button onClick={() => setAsked("close")}>{t("action.close")}</Button>
      <Button type="text" icon={<Icon of={CloseOutlined} />} aria-label={t("bulk.clear")} onClick={onDone} />
      <AlertSheets asked={asked} ids={ids} changes={changes} onClose={() => setAsked(null)} />
    </div>
  );
}
