import { CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ReasonList } from "@/features/customer360/ReasonList";
import { HelpButton } from "@/features/help/HelpButton";
import { AlertTrail } from "@/features/routing/AlertTrail";
import { FollowUpList } from "@/features/tasks/FollowUpList";
import { TicketsPanel } from "@/features/tickets/TicketsPanel";
import { SendButton } from "@/features/wecom/SendButton";
import type { Schemas } from "@/shared/api/client";
import { LEVEL_FILL } from "@/shared/lib/risk";
import { usePhone } from "@/shared/lib/useMedia";
import { copyText } from "@/shared/list/copyText";
import { useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Delta } from "@/shared/ui/Delta";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";
import { RiskTag } from "@/shared/ui/RiskTag";
import { SampleMark } from "@/shared/ui/SampleMark";
import { ScoreNote } from "@/shared/ui/Score";
import { Spark } from "@/shared/ui/Spark";
import { AlertDo } from "./AlertDo";
import { AlertDue, AlertTags } from "./AlertDue";
import { type Deed, formOf } from "./do.logic";
import { VerdictPanel } from "./VerdictPanel";

type Alert = Schemas["AlertOut"];

export interface AlertDetailProps {
  alert: Alert;
  onEvidence: (signal: string) => void;
  /** What a card's link asks for. */
  deed?: Deed | null;
  onDeed?: () => void;
}

const NOTHING = () => undefined;

/** One alert in full: how high, why, what to do, what was done. The same on the page and in the drawer. */
export function AlertDetail({ alert, onEvidence, deed = null, onDeed = NOTHING }: AlertDetailProps) {
  const { t } = useTranslation("alerts");
  const phone = usePhone();
  return (
    <div className="stack">
      <AlertDo alert={alert} deed={deed} onEnd={onDeed} />
      <AlertHead alert={alert} />
      <Panel title={t("why")} extra={<HelpButton topic="alert" words />}>
        <ReasonList base={alert.base} reasons={alert.reasons} score={alert.score} onOpen={onEvidence} />
      </Panel>
      {alert.suggestion && (
        <Panel
          title={t("suggestion")}
          extra={
            <span className="row">
              <Button type="text" icon={<Icon of={CopyOutlined} />} onClick={() => copyText(alert.suggestion)}>
                {t("copyWords")}
              </Button>
              {!phone && <SendButton customerId={alert.customer.id} words={alert.suggestion} />}
            </span>
          }
        >
          <p>{alert.suggestion}</p>
        </Panel>
      )}
      <Panel title={t("verdict.title")}>
        <VerdictPanel key={alert.id} alert={alert} form={formOf(deed)} onForm={onDeed} />
        {alert.similar && <p className="muted small alert-similar">{alert.similar}</p>}
      </Panel>
      <TicketsPanel about={{ alert_id: alert.id }} customerName={alert.customer.name} />
      <Panel title={t("followUps")} extra={alert.work_item_id !== null && <ToTask id={alert.work_item_id} />}>
        <FollowUpList items={alert.follow_ups} />
      </Panel>
      <AlertTrail alertId={alert.id} />
    </div>
  );
}

function ToTask({ id }: { id: number }) {
  const { t } = useTranslation("tickets");
  const to = useTo();
  return <Link to={to(`/tasks/${id}`)}>{t("toTask")}</Link>;
}

function AlertHead({ alert }: { alert: Alert }) {
  const { t } = useTranslation(["alerts", "common"]);
  const to = useTo();
  const format = useFormat();
  return (
    <Panel>
      <div className="alert-head">
        <div className="spread">
          <span className="row wrap">
            <RiskTag level={alert.level} />
            <AlertTags alert={alert} />
          </span>
          <AlertDue alert={alert} />
        </div>
        <div className="row wrap">
          <Link className="alert-customer" to={to(`/customers/${alert.customer.id}`)}>
            {alert.customer.name}
          </Link>
          {alert.customer.name_is_sample && <SampleMark />}
        </div>
        <p className="muted small">
          {alert.customer.key} · {t(`common:tier.${alert.tier}`)} · {alert.segment} ·{" "}
          {t("annual", { money: format.money(alert.annual_value) })} ·{" "}
          {alert.owner?.name ?? t("common:state.unassigned")}
        </p>
        <div className="spread alert-score">
          <div>
            <div className="row">
              <span className={`alert-number risk-${alert.level}`}>{format.score(alert.score)}</span>
              <Delta value={alert.delta_7d} />
              {alert.delta_7d !== null && <span className="muted small">{t("last7")}</span>}
            </div>
            <ScoreNote />
          </div>
          <Spark
            values={alert.history}
            color={LEVEL_FILL[alert.level]}
            width={170}
            height={54}
            label={t("historyLabel")}
          />
        </div>
      </div>
    </Panel>
  );
}
