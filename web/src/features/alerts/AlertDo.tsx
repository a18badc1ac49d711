import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { morning } from "@/shared/list/moments";
import { useCan, useWorkspace } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Panel } from "@/shared/ui/Panel";
import { type Deed, formOf } from "./do.logic";
import { useAlertChanges } from "./useAlertChanges";
import { useVerdict } from "./useVerdict";
import { plainVerdict } from "./verdict.logic";

type Alert = Schemas["AlertOut"];

/** What the link of a card asks for, done after one tap: opening an address alone changes nothing. */
export function AlertDo({ alert, deed, onEnd }: { alert: Alert; deed: Deed | null; onEnd: () => void }) {
  const { t } = useTranslation(["messengers", "alerts", "common"]);
  const act = useDeed(alert);
  const can = useCan();
  if (!deed || formOf(deed) || !can("handle")) return null;
  const question = {
    claim: () => t("do.claim"),
    snooze: () => t("do.snooze", { days: deed.kind === "snooze" ? deed.days : 0 }),
    verdict: () => t("do.verdict", { verdict: deed.kind === "verdict" ? t(`alerts:verdict.${deed.verdict}`) : "" }),
  }[deed.kind]();
  const confirm = () => {
    act(deed);
    onEnd();
  };
  return (
    <Panel title={t("do.title")}>
      <div className="spread wrap">
        <strong>{question}</strong>
        <span className="row">
          <Button onClick={onEnd}>{t("common:action.cancel")}</Button>
          <Button type="primary" onClick={confirm}>
            {t("do.yes")}
          </Button>
        </span>
      </div>
    </Panel>
  );
}

function useDeed(alert: Alert): (deed: Deed) => void {
  const { now } = useFormat();
  const { time_zone } = useWorkspace();
  const changes = useAlertChanges();
  const { give } = useVerdict(alert);
  return (deed) => {
    if (deed.kind === "claim") changes.claim([alert.id]);
    if (deed.kind === "snooze") changes.snooze([alert.id], morning(now, time_zone, deed.days));
    if (deed.kind === "verdict") give(plainVerdict(deed.verdict));
  };
}
