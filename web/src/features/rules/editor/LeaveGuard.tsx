import { Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

/** Asks before unsaved changes are left behind, in the app and when the tab closes. Another part of the same page is no leaving. */
export function LeaveGuard({ dirty, isDirty }: { dirty: boolean; isDirty: () => boolean }) {
  const { t } = useTranslation("rules");
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty() && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  return (
    <Modal
      open={blocker.state === "blocked"}
      title={t("save.leaveTitle")}
      okText={t("save.stay")}
      cancelText={t("save.leave")}
      cancelButtonProps={{ danger: true }}
      closable={false}
      onOk={() => blocker.reset?.()}
      onCancel={() => blocker.proceed?.()}
    >
      <p>{t("save.leaveText")}</p>
    </Modal>
  );
}
