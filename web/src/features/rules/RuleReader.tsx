import { HistoryOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useUrlState } from "@/shared/lib/urlState";
import { usePhone } from "@/shared/lib/useMedia";
import { useCan, useTo } from "@/shared/session/SessionContext";
import { useFormat } from "@/shared/session/useFormat";
import { Icon } from "@/shared/ui/Icon";
import { PageHeader } from "@/shared/ui/PageHeader";
import { Panel } from "@/shared/ui/Panel";
import { BacktestPanel } from "./BacktestPanel";
import { edited, NO_EFFECTS } from "./draft.logic";
import { EnabledSwitch } from "./EnabledSwitch";
import { useEffectWords } from "./editor/useEffectWords";
import { PrecisionText } from "./list/PrecisionText";
import { RuleCustomers } from "./RuleCustomers";
import { RuleWhy } from "./RuleWhy";
import { SentenceList } from "./SentenceList";
import { StatusTag } from "./StatusTag";
import type { RuleOut } from "./types";
import { useArchive } from "./useArchive";
import { ViewChips } from "./ViewChips";
import { VersionsDrawer } from "./versions/VersionsDrawer";
import { viewOf } from "./views";

/** A rule to read: in sentences, with its figures, customers and backtest. The phone's page, and that of who may not edit. */
export function RuleReader({ rule }: { rule: RuleOut }) {
  const { t } = useTranslation("rules");
  const to = useTo();
  const phone = usePhone();
  const can = useCan();
  const { unarchive } = useArchive();
  const [{ view }, change] = useUrlState({ view: "edit" });
  const [versions, setVersions] = useState(false);
  const [why, setWhy] = useUrlState({ why: "" });
  const shown = viewOf(view);
  return (
    <>
      <PageHeader
        title={rule.name}
        meta={
          <span className="row wrap">
            <Link to={to("/rules")}>{t("view.back")}</Link>
            <StatusTag rule={rule} />
          </span>
        }
        actions={
          <>
            {rule.archived && can("publish") && <Button onClick={() => unarchive(rule)}>{t("unarchive")}</Button>}
            <EnabledSwitch rule={rule} />
            <Button icon={<Icon of={HistoryOutlined} />} onClick={() => setVersions(true)}>
              {t("version.open")}
            </Button>
            <Button icon={<Icon of={QuestionCircleOutlined} />} onClick={() => setWhy({ why: "choose" })}>
              {t("view.why")}
            </Button>
          </>
        }
      />
      <div className="stack">
        <p className="form-note">{t(phone && can("publish") ? "onDesktop" : "readOnly")}</p>
        <ViewChips readOnly value={shown} onChange={(next) => change({ view: next })} />
        {shown === "edit" && <Words rule={rule} />}
        {shown === "backtest" && (
          <BacktestPanel subject={{ kind: "rule", rule: edited(rule)?.rule ?? {}, rule_id: rule.id }} />
        )}
        {shown === "customers" && <RuleCustomers ruleId={rule.id} />}
      </div>
      <VersionsDrawer rule={rule} open={versions} onClose={() => setVersions(false)} />
      <RuleWhy ruleId={rule.id} why={why.why} onChange={(next) => setWhy({ why: next })} />
    </>
  );
}

function Words({ rule }: { rule: RuleOut }) {
  const { t } = useTranslation("rules");
  const { customers, count, dayTime } = useFormat();
  const words = useEffectWords();
  return (
    <Panel>
      <div className="stack">
        {rule.about && <p>{rule.about}</p>}
        <SentenceList sentences={rule.sentences} />
        <p>{t("publish.does", { what: words({ ...NO_EFFECTS, ...edited(rule)?.effects }) })}</p>
        <dl className="facts">
          <dt>{t("column.matched")}</dt>
          <dd>{customers(rule.matched_now)}</dd>
          <dt>{t("column.hits")}</dt>
          <dd>{count(rule.hits_30d)}</dd>
          <dt>{t("column.precision")}</dt>
          <dd>
            <PrecisionText precision={rule.precision} />
          </dd>
          <dt>{t("column.updated")}</dt>
          <dd>
            {rule.updated_by} {dayTime(rule.updated_at)}
          </dd>
        </dl>
      </div>
    </Panel>
  );
}
