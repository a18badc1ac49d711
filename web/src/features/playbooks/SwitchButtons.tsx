import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/shared/session/useFormat";
import type { Playbook } from "./types";
import { useSwitches } from "./useSwitches";

/** Starting and stopping, each asked back with how many customers it concerns. */
export function SwitchButtons({ playbook }: { playbook: Playbook }) {
  const { t } = useTranslation("playbooks");
  const { customers } = useFormat();
  const to = useSwitches(playbook);
  if (!playbook.live || playbook.archived) return null;
  const concerned = customers(playbook.treated.running);
  if (!playbook.enabled) {
    return (
      <Button loading={to.busy} onClick={() => to.enable(true)}>
        {t("switch.enable")}
      </Button>
    );
  }
  return (
    <>
      {playbook.paused_at ? (
        <Button loading={to.busy} onClick={to.resume}>
          {t("switch.resume")}
        </Button>
      ) : (
        <Popconfirm title={t("switch.pauseAsk", { customers: concerned })} onConfirm={to.pause}>
          <Button loading={to.busy}>{t("switch.pause")}</Button>
        </Popconfirm>
      )}
      <Popconfirm title={t("switch.disableAsk", { customers: concerned })} onConfirm={() => to.enable(false)}>
        <Button loading={to.busy}>{t("switch.disable")}</Button>
      </Popconfirm>
      <Popconfirm title={t("switch.stopAsk", { customers: concerned })} onConfirm={to.stop}>
        <Button danger loading={to.busy}>
          {t("switch.stop")}
        </Button>
      </Popconfirm>
    </>
  );
}
