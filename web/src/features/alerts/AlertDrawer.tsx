import { Button, Drawer } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowUpSheet } from "@/features/tasks/FollowUpSheet";
import type { FollowUpTarget } from "@/features/tasks/useFollowUp";
import type { Schemas } from "@/shared/api/client";
import { useCan } from "@/shared/session/SessionContext";
import { AlertSheets, type Asked } from "./AlertSheets";
import { targetOf } from "./targetOf";
import { useAlertChanges } from "./useAlertChanges";

type Alert = Schemas["AlertOut"];

/** Beside the list, which stays in use: no mask. */
export function AlertDrawer({
  alert,
  onClose,
  children,
}: {
  alert: Alert | undefined;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("alerts");
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      mask={false}
      title={t("one")}
      className="alert-drawer"
      footer={alert && <DeskActions alert={alert} />}
    >
      {children}
    </Drawer>
  );
}

function DeskActions({ alert }: { alert: Alert }) {
  const { t } = useTranslation(["alerts", "common"]);
  const can = useCan();
  const changes = useAlertChanges();
  const [asked, setAsked] = useState<Asked>(null);
  const [followed, setFollowed] = useState<FollowUpTarget | null>(null);
  if (!can("handle") || alert.status === "closed") return null;
  return (
    <div className="row">
      <Button type="primary" onClick={() => setFollowed(targetOf(alert))}>
        {t("common:action.followUp")}
      </Button>
      {alert.work_status === "todo" && (
        <Button onClick={() => changes.claim([alert.id])} loading={changes.busy}>
          {t("action.claim")}
        </Button>
      )}
      <span className="grow" />
      {can("assign") && <Button onClick={() => setAsked("assign")}>{t("action.assign")}</Button>}
      <Button onClick={() => setAsked("snooze")}>{t("action.snooze")}</Button>
      <Button onClick={() => setAsked("close")}>{t("action.close")}</Button>
      <AlertSheets asked={asked} ids={[alert.id]} changes={changes} onClose={() => setAsked(null)} />
      <FollowUpSheet target={followed} onClose={() => setFollowed(null)} />
    </div>
  );
}
